// What is typed into a date field stays as it was typed: the server reads it, or says what is
// wrong with it. Left to itself, the picker makes today of what it cannot read.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
