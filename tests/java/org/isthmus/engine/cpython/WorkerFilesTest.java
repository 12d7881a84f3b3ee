// The copy of the workers' sources, where there is no room for it.
package org.isthmus.engine.cpython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkerFilesTest {
  @Test
  void nothingIsLeftOfACopyForWhichThereIsNoRoom() throws IOException {
    Configuration small =
        Configuration.unix().toBuilder().setBlockSize(512).setMaxSize(16 * 1024).build();
    try (FileSystem system = Jimfs.newFileSystem(small)) {
      Path temporary = Files.createDirectory(system.getPath("/temporary"));
      assertThrows(IOException.class, () -> WorkerFiles.staged(temporary));
      try (Stream<Path> left = Files.list(temporary)) {
        assertEquals(List.of(), left.collect(Collectors.toList()));
      }
    }
  }
}
