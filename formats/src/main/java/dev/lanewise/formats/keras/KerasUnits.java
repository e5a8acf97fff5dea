package dev.lanewise.formats.keras;

import dev.lanewise.formats.keras.KerasStore.Group;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arrays of layers of files that have one group for all layers of an inner model: first those
 * that training changes, layer after layer, then the others.
 */
final class KerasUnits {
  private KerasUnits() {}

  /**
   * A group for each layer, where the file has one for each layer and each inner model of the whole
   * one; else the groups of the file.
   */
  static List<Group> apart(Path file, List<Group> stored, List<KerasPlace> wanted) {
    List<List<KerasPlace>> units = new ArrayList<>();
    String last = "";
    for (KerasPlace place : wanted) {
      if (units.isEmpty() || place.model().isEmpty() || !place.model().equals(last)) {
        units.add(new ArrayList<>());
      }
      units.getLast().add(place);
      last = place.model();
    }
    if (units.size() != stored.size()) {
      return stored;
    }
    List<Group> all = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      List<KerasPlace> unit = units.get(i);
      Group group = stored.get(i);
      int count = unit.stream().mapToInt(KerasPlace::count).sum();
      if (unit.getFirst().model().isEmpty()) {
        all.add(group);
      } else if (count == group.paths().size()) {
        all.addAll(apart(group, unit));
      } else {
        List<String> layers = unit.stream().map(KerasPlace::name).toList();
        throw KerasErrors.modelArrays(file, group.layer(), layers, count, group.paths());
      }
    }
    return all;
  }

  private static List<Group> apart(Group group, List<KerasPlace> unit) {
    int trained = 0;
    int fixed = unit.stream().mapToInt(place -> place.count() - place.fixed()).sum();
    List<Group> all = new ArrayList<>();
    for (KerasPlace place : unit) {
      List<String> own = new ArrayList<>();
      for (int i = 0; i < place.count(); i++) {
        boolean changes = i < place.count() - place.fixed();
        own.add(group.paths().get(changes ? trained++ : fixed++));
      }
      all.add(new Group(group.layer(), own));
    }
    return all;
  }
}
