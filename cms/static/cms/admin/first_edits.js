// What an editor changes in the first seconds counts as a change: see cms/upstream/admin/unsaved.py.
{
  const identifier = "w-unsaved";
  const { app } = window.wagtail;
  const { controllerConstructor } = app.router.modulesByIdentifier.get(identifier).definition;
  const { setInitialFormData, clear } = controllerConstructor.prototype;
  Object.assign(controllerConstructor.prototype, {
    // The form as it was before the first change stays what changes are held against.
    setInitialFormData() {
      if (!this.initialFormData) setInitialFormData.call(this);
    },
    clear() {
      this.initialFormData = undefined;
      clear.call(this);
    },
  });
  const beforeItIsChanged = ({ target }) => {
    const form = target.closest?.(`[data-controller~="${identifier}"]`);
    if (form) app.getControllerForElementAndIdentifier(form, identifier)?.setInitialFormData();
  };
  for (const name of ["pointerdown", "keydown", "beforeinput", "drop"]) {
    document.addEventListener(name, beforeItIsChanged, true);
  }
}
