package dev.lanewise.formats.torch;

import java.util.List;

/** What a pickle asks to be called, none of which is. */
interface PickleCalls {
  /**
   * The value that a call stands for.
   *
   * @param where names the place in errors
   * @throws dev.lanewise.formats.FormatException for whatever is not known to be harmless
   */
  Object call(String where, PickleValue.Global function, List<Object> arguments);

  /** A new object of a class, which is then filled. */
  Object create(String where, PickleValue.Global type, List<Object> arguments);

  /** What is kept outside the pickle, by what it is named in it. */
  Object persistent(String where, Object id);
}
