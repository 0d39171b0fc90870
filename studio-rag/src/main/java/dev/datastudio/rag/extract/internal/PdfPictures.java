package dev.datastudio.rag.extract.internal;

import java.io.IOException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/** Looks for pictures on a page. */
final class PdfPictures {
    private static final int MAX_DEPTH = 4;
    private static final int MAX_OBJECTS = 200;

    private PdfPictures() {}

    static boolean on(PDPage page) {
        return in(page.getResources(), 0);
    }

    private static boolean in(PDResources resources, int depth) {
        if (resources == null || depth > MAX_DEPTH) {
            return false;
        }
        int seen = 0;
        for (COSName name : resources.getXObjectNames()) {
            if (seen++ > MAX_OBJECTS) {
                return false;
            }
            if (resources.isImageXObject(name) || in(form(resources, name), depth + 1)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("NullAway") // no resources
    private static PDResources form(PDResources resources, COSName name) {
        try {
            PDXObject object = resources.getXObject(name);
            return object instanceof PDFormXObject form ? form.getResources() : null;
        } catch (IOException | RuntimeException e) {
            return null; // a broken object holds no picture that could be shown
        }
    }
}
