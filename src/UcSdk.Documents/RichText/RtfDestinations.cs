namespace UcSdk.Documents;

/// <summary>The control words that begin a destination (RTF 1.9.1, Appendix B). Those that are known only behind <c>\*</c> are passed over for that.</summary>
internal static class RtfDestinations
{
    public static RtfDestination? Find(string word) => word switch
    {
        "fonttbl" => RtfDestination.FontTable,
        "colortbl" => RtfDestination.ColorTable,
        "fldinst" => RtfDestination.Instruction,
        "field" or "fldrslt" => RtfDestination.Text,
        "pict" or "object" or "shppict" or "nonshppict" or "stylesheet" or "info" or "header" or "headerl" or "headerr" or "headerf" or "footer" or "footerl" or "footerr" or "footerf"
            or "footnote" or "annotation" or "atnid" or "atnauthor" or "filetbl" or "listtable" or "listoverridetable" or "revtbl" or "private" or "xe" or "tc" or "rxe" or "txe"
            or "bkmkstart" or "bkmkend" or "themedata" or "datastore" or "htmltag" or "mmathPr" or "shp" or "do" or "falt" or "panose" or "fontemb" or "objdata" or "result" => RtfDestination.Skipped,
        _ => null,
    };
}
