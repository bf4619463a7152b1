using System.Text;

namespace UcSdk;

/// <summary>The deliberate mistake <see cref="ClientSeams.WrongSrtpKey"/>: the first characters of every key are other ones.</summary>
internal static class SrtpKeySeam
{
    private const string Mark = "inline:";

    public static ReadOnlyMemory<byte> ChangeKeys(ReadOnlyMemory<byte> sdp)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(sdp.Span));
        for (var at = 0; at + Mark.Length < text.Length; at++)
        {
            if (text.ToString(at, Mark.Length) == Mark)
            {
                var first = at + Mark.Length;
                text[first] = text[first] == 'A' ? 'B' : 'A';
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
