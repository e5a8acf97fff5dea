/** A program in a runtime image of its own. */
module example.score {
  requires dev.lanewise.formats;
}
