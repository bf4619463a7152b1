using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Fuzz;

/// <summary>Bodies of several parts. An input is a Content-Type, a line end, and the body.</summary>
internal static class MultipartTargets
{
    private static readonly string[] Subtypes = ["mixed", "alternative", "related", "digest", "x"];
    private static readonly string[] Boundaries = ["b", "\"b c\"", "bb", "b-", "'()+_,-./:=?", "\"\""];
    private static readonly string[] Fields =
        ["Content-Type: text/plain", "content-type:application/sdp", "Content-ID: <1>", "Content-Disposition: session;handling=optional", "X:", "A: b\r\n c", "bad", ": x", ""];

    private static readonly string[] Contents = ["", "v=0", "--", "--b", "\r\n", "text\r\nmore", "\0\u00e9", "--b--x"];

    public static readonly FuzzTarget Multipart = new("multipart", "multipart", Run, Generate);

    private static void Run(byte[] input, RandomSource random)
    {
        var line = Array.IndexOf(input, (byte)'\n');
        var type = Encoding.UTF8.GetString(input.AsSpan(0, Math.Max(line, 0))).Trim();
        var content = input.AsMemory(line + 1);
        _ = MediaType.TryParse(type, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isRead = MultipartBody.TryParse(type, content, out var body, out var error);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        FuzzFinding.Require(allocated <= 4096 + (20L * input.Length), $"allocates at most 4 kB and 20 times the size, not {allocated} for {input.Length}");
        FuzzFinding.Require(isRead == (body is not null) && isRead == (error == default), "a body or an error, never both");
        if (body is null)
        {
            return;
        }

        Look(body, 4);
        FuzzFinding.Require(MultipartBody.TryParse(body.Type.ToString(), body.ToBytes(), out var again, out error, new() { MaxPartHeaderBytes = int.MaxValue }), $"what was written can be read: {error}");
        FuzzFinding.Require(again!.Parts.Count == body.Parts.Count, "the parts survive");
        for (var at = 0; at < body.Parts.Count; at++)
        {
            FuzzFinding.Require(again.Parts[at].Content.Span.SequenceEqual(body.Parts[at].Content.Span), "the contents survive");
            FuzzFinding.Require(again.Parts[at].Headers.SequenceEqual(body.Parts[at].Headers), "the headers survive");
        }

        var made = MultipartWriter.Create("mixed", body.Parts, random);
        FuzzFinding.Require(
            MultipartBody.TryParse(made.Type.ToString(), made.ToBytes(), out var remade, out _, new() { MaxPartHeaderBytes = int.MaxValue }) && remade.Parts.Count == body.Parts.Count,
            "a new boundary stands in no part");
    }

    private static void Look(MultipartBody body, int depth)
    {
        FuzzFinding.Require(depth > 0, "no deeper than the limit");
        _ = (body.Root?.ContentId, body.Find("application/sdp")?.Text, body.FindById("<1>"), body.FindUnhandled(type => type == "text/plain"));
        foreach (var part in body.Parts)
        {
            _ = (part.Type?.ToString(), part.Disposition?.ToString(), part.ContentId);
            if (part.TryReadMultipart(out var nested, out _))
            {
                Look(nested, depth - 1);
            }
        }
    }

    private static byte[] Generate(RandomSource random) => Encoding.UTF8.GetBytes(Body(random, 1 + random.Next(4)));

    private static string Body(RandomSource random, int depth)
    {
        var quoted = Boundaries[random.Next(Boundaries.Length)];
        var boundary = quoted.Trim('"');
        var text = new StringBuilder($"multipart/{Subtypes[random.Next(Subtypes.Length)]};boundary={quoted}\r\n");
        text.Append(random.Next(4) == 0 ? "preamble" + LineEnd(random) : "");
        for (var parts = random.Next(4); parts >= 0; parts--)
        {
            text.Append("--").Append(boundary).Append(random.Next(8) == 0 ? " \t" : "").Append(LineEnd(random));
            if (depth > 1 && random.Next(3) == 0)
            {
                text.Append("Content-Type: ").Append(Body(random, depth - 1));
                continue;
            }

            for (var fields = random.Next(4); fields > 0; fields--)
            {
                text.Append(Fields[random.Next(Fields.Length)]).Append(LineEnd(random));
            }

            text.Append(LineEnd(random)).Append(Contents[random.Next(Contents.Length)]).Append(LineEnd(random));
        }

        text.Append("--").Append(boundary).Append(random.Next(8) == 0 ? "" : "--").Append(LineEnd(random));
        return text.Append(random.Next(4) == 0 ? "epilogue" : "").ToString();
    }

    private static string LineEnd(RandomSource random) => random.Next(8) == 0 ? "\n" : "\r\n";
}
