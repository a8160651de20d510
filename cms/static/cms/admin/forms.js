// What is typed into a date field stays as it was typed: the server reads it, or says what is
// wrong with it. Left to itself, the picker makes today of what it cannot read.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

// It opens a moment after its field is entered: not where the field has been left by then.
jQuery.fn.datetimepicker.defaults.onShow = (time, field) => field.is(document.activeElement);

// Escape closes it, and not the dialogue that it stands in.
window.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.matches("input")) return;
  const field = jQuery(event.target);
  if (field.data("xdsoft_datetimepicker")?.is(":visible")) {
    field.datetimepicker("hide");
    event.stopImmediatePropagation();
  }
}, true);

// A dialogue with something wrong in it opens, or nobody would learn what it is.
document.addEventListener("w-dialog:ready", ({ detail }) => {
  if (detail.body.querySelector(".error-message")) detail.dialog.show();
});

// A schedule is what it was until its own button is pressed: whoever reads the form before that, to
// save it by itself or to look for changes, reads what is saved.
let isBeingSent = false;
window.addEventListener("submit", () => {
  isBeingSent = true;
  setTimeout(() => { isBeingSent = false; });
});
document.addEventListener("formdata", ({ target, formData }) => {
  if (isBeingSent) return;
  for (const field of target.querySelectorAll("#schedule-publishing-dialog [data-w-action-value-param]")) {
    formData.set(field.name, field.dataset.wActionValueParam);
  }
});

// A closed panel that the address names opens.
window.addEventListener("load", () => {
  const panel = document.getElementById(location.hash.slice(1));
  if (panel?.matches("[data-panel]")) panel.querySelector("[data-panel-toggle][aria-expanded=false]")?.click();
});
