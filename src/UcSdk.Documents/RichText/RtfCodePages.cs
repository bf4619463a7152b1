using System.Runtime.InteropServices;
using System.Text;

namespace UcSdk.Documents;

/// <summary>Bytes in RTF and the code pages they are in (RTF 1.9.1, Font Table: <c>\fcharset</c>).</summary>
internal static class RtfCodePages
{
    public static int? OfCharacterSet(int? characterSet) => characterSet switch
    {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        255 => 437,
        _ => null,
    };

    /// <summary>Whether the byte begins a character of two, whose second one may stand there as a character of ASCII.</summary>
    public static bool IsLead(byte value, int codePage) => codePage switch
    {
        932 => value is (>= 0x81 and <= 0x9F) or (>= 0xE0 and <= 0xFC),
        936 or 949 or 950 or 1361 => value is >= 0x81 and <= 0xFE,
        _ => false,
    };

    public static string Decode(List<byte> bytes, int codePage) => (Charsets.Find(codePage) ?? Encoding.Latin1).GetString(CollectionsMarshal.AsSpan(bytes));
}
