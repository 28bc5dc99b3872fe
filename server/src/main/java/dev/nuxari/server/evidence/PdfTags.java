package dev.nuxari.server.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.PDTableAttributeObject;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;
import org.jspecify.annotations.Nullable;

/** What each piece of the pages is, as a tree beside them (PDF 1.7, section 14.7). */
final class PdfTags {
    private final PDStructureTreeRoot root = new PDStructureTreeRoot();
    private final PDStructureElement whole;
    private final List<COSArray> ofPages = new ArrayList<>();
    private @Nullable PDPage page;
    private @Nullable PDStructureElement group;

    PdfTags(PDDocument document) {
        document.getDocumentCatalog().setStructureTreeRoot(root);
        PDMarkInfo marked = new PDMarkInfo();
        marked.setMarked(true);
        document.getDocumentCatalog().setMarkInfo(marked);
        whole = new PDStructureElement(StandardStructureTypes.DOCUMENT, root);
        root.appendKid(whole);
    }

    /** What follows is on this page. */
    void begin(PDPage begun) {
        begun.setStructParents(ofPages.size());
        ofPages.add(new COSArray());
        page = begun;
    }

    /** An element directly below the document. */
    PDStructureElement element(String type) {
        return child(whole, type);
    }

    PDStructureElement child(PDStructureElement parent, String type) {
        PDStructureElement child = new PDStructureElement(type, parent);
        parent.appendKid(child);
        return child;
    }

    PDStructureElement row() {
        return child(group(StandardStructureTypes.TABLE), StandardStructureTypes.TR);
    }

    PDStructureElement headerCell(PDStructureElement row) {
        PDStructureElement cell = child(row, StandardStructureTypes.TH);
        PDTableAttributeObject scope = new PDTableAttributeObject();
        scope.setScope(PDTableAttributeObject.SCOPE_ROW);
        cell.addAttribute(scope);
        return cell;
    }

    PDStructureElement listItem() {
        return child(group(StandardStructureTypes.L), StandardStructureTypes.LI);
    }

    private PDStructureElement group(String type) {
        if (group == null) {
            group = element(type);
        }
        return group;
    }

    void endGroup() {
        group = null;
    }

    /** What is written until {@link #end} belongs to this element. */
    void begin(PDPageContentStream out, PDStructureElement element) throws IOException {
        COSArray marked = ofPages.getLast();
        PDMarkedContentReference reference = new PDMarkedContentReference();
        reference.setPage(page);
        reference.setMCID(marked.size());
        element.appendKid(reference);
        out.beginMarkedContent(COSName.getPDFName(element.getStructureType()), marked.size());
        marked.add(element);
    }

    void end(PDPageContentStream out) throws IOException {
        out.endMarkedContent();
    }

    /** From each page back to the tree. */
    void finish() {
        Map<Integer, PDParentTreeValue> parents = new HashMap<>();
        for (int i = 0; i < ofPages.size(); i++) {
            parents.put(i, new PDParentTreeValue(ofPages.get(i)));
        }
        PDNumberTreeNode tree = new PDNumberTreeNode(PDParentTreeValue.class);
        tree.setNumbers(parents);
        root.setParentTree(tree);
        root.setParentTreeNextKey(ofPages.size());
    }
}
