import java.io.IOException;

/** Something that is measured by itself: what it is of is made first, then it is measured, then its table is printed. */
interface Part {
    void run(Workbench bench) throws IOException, InterruptedException;
}
