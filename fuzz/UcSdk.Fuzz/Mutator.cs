using System.Text;
using UcSdk.Core;

namespace UcSdk.Fuzz;

/// <summary>Makes new inputs out of known ones, in a way that the seed of its source repeats.</summary>
internal sealed class Mutator(RandomSource random, IReadOnlyList<byte[]> seeds)
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "\r\n", "\n", "\r", "\r\n ", "\r\n\r\n", "\0", " ", "\t", ":", ";", ",", "=", "\"", "\\", "<", ">", "@", "?", "[", "]", "::", ":::", "%00", "%",
            "-1", "0", "4294967296", "99999999999999999999", "SIP/2.0", "sip:", "tel:", "*", "é", "\u2028", "Content-Length: 5\r\n", "l: 0\r\n", "Via: ",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC3], [0xFF, 0xFE],
    ];

    /// <summary>The next input: a seed with one to eight changes.</summary>
    public byte[] Next()
    {
        var input = new List<byte>(Pick(seeds));
        for (var changes = 1 + random.Next(8); changes > 0; changes--)
        {
            Change(input);
        }

        return [.. input];
    }

    private void Change(List<byte> input)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(random.Next(random.Next(2) == 0 ? 4 : 64), input.Count - at);
        switch (random.Next(7))
        {
            case 0 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 1 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, length));
                break;
            case 4:
                input.InsertRange(at, Enumerable.Repeat(input.Count == 0 ? (byte)'x' : input[random.Next(input.Count)], random.Next(2000)));
                break;
            case 5:
                var other = Pick(seeds);
                var from = random.Next(other.Length + 1);
                input.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(200))]);
                break;
            default:
                input.InsertRange(at, Pick(Tokens));
                break;
        }
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
