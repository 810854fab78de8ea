package io.keyswitch;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The entry point of the jar: runs {@link Main}, or says which Java it needs. Compiled for Java 8, so that any Java runs it. */
public final class Launcher {
    private static final String MAIN = "io.keyswitch.Main";
    private static final int WRONG_USAGE = 2;

    /** The version of the class files of Java 1. */
    private static final int FIRST_VERSION = 44;

    private Launcher() {}

    public static void main(String[] arguments) throws Exception {
        try {
            Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (UnsupportedClassVersionError e) {
            System.err.println("keyswitch: Java " + required() + " or newer is required, but this is Java "
                    + System.getProperty("java.version") + " in " + System.getProperty("java.home")
                    + ": install a newer one and start its bin/java");
            System.exit(WRONG_USAGE);
        }
    }

    private static int required() throws IOException {
        String file = "/" + MAIN.replace('.', '/') + ".class";
        try (InputStream in = Launcher.class.getResourceAsStream(file);
                DataInputStream data = new DataInputStream(in)) {
            // The version follows the magic number and the minor version.
            data.readInt();
            data.readUnsignedShort();
            return data.readUnsignedShort() - FIRST_VERSION;
        }
    }
}
