package dev.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutPicturesTest {
  static Stream<String> names() {
    return LayoutPictures.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isTheFileInTheGuide(String name) throws IOException {
    Map<String, String> pictures = LayoutPictures.all();
    Checked.text(Checked.IMAGES.resolve(name), pictures.get(name));
    assertTrue(Checked.read(Checked.GUIDES.getFirst()).contains("(images/" + name + ")"), name);
  }

  @Test
  void drawsTheSameTwice() {
    assertEquals(LayoutPictures.all(), LayoutPictures.all());
  }
}
