namespace UcSdk.Documents;

/// <summary>The control words of RTF that are characters (RTF 1.9.1, Special Characters).</summary>
internal static class RtfCharacters
{
    public static char? Find(string word) => word switch
    {
        "line" or "lbr" or "softline" => '\n',
        "tab" or "cell" => '\t',
        "emdash" => '\u2014',
        "endash" => '\u2013',
        "emspace" => '\u2003',
        "enspace" => '\u2002',
        "bullet" => '\u2022',
        "lquote" => '\u2018',
        "rquote" => '\u2019',
        "ldblquote" => '\u201C',
        "rdblquote" => '\u201D',
        "zwj" => '\u200D',
        "zwnj" => '\u200C',
        "ltrmark" => '\u200E',
        "rtlmark" => '\u200F',
        _ => null,
    };
}
