using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using UcSdk.Core;

namespace UcSdk.Fuzz;

/// <summary><c>dotnet run --project fuzz/UcSdk.Fuzz -- TARGET [--seed N] [--count M]</c>: exit code 0 nothing found, 1 a finding, 2 usage.</summary>
internal static class Program
{
    private static readonly FuzzTarget[] Targets =
    [
        SipTargets.Message, SipTargets.Framer, SipTargets.Uri, SipTargets.Header, MultipartTargets.Multipart, DigestTargets.Digest, AssociationTargets.Association, NtlmTargets.Ntlm, LocationTargets.Dns, LocationTargets.Stun, DocumentTargets.All, MessagingTargets.Documents, RichTextTargets.RichTexts, DiscoveryTargets.Discovery, WebServiceTargets.Web, MediaTargets.Sdp, MediaTargets.Packets,
    ];

    private static int Main(string[] arguments)
    {
        var target = Array.Find(Targets, known => known.Name == arguments.FirstOrDefault());
        if (target is null || !TryReadOption(arguments, "--seed", 1, out var seed) || !TryReadOption(arguments, "--count", 100_000, out var count))
        {
            Console.Error.WriteLine($"usage: UcSdk.Fuzz ({string.Join('|', Targets.Select(known => known.Name))}) [--seed N] [--count M]");
            return 2;
        }

        var seeds = FilesIn("Seeds", target.Seeds);
        foreach (var known in FilesIn("Findings", target.Name))
        {
            if (TryFind(target, seed, known, out var finding))
            {
                Console.WriteLine($"{target.Name}: a past finding is back: {finding}\n{Convert.ToHexString(known)}");
                return 1;
            }
        }

        for (ulong run = 0; run < count; run++)
        {
            // Each run has a seed of its own, so that a finding can be repeated alone: --seed N --count 1.
            var input = target.NextInput(new SeededRandomSource(seed + run), seeds);
            if (TryFind(target, seed + run, input, out var finding))
            {
                Console.WriteLine($"{target.Name} --seed {(seed + run).ToString(CultureInfo.InvariantCulture)} --count 1: {finding}");
                Console.WriteLine(Encoding.Latin1.GetString(input));
                Console.WriteLine(Convert.ToHexString(input));
                return 1;
            }
        }

        Console.WriteLine($"{target.Name}: nothing found in {count.ToString(CultureInfo.InvariantCulture)} runs from seed {seed.ToString(CultureInfo.InvariantCulture)}.");
        return 0;
    }

    private static bool TryFind(FuzzTarget target, ulong seed, byte[] input, [NotNullWhen(true)] out Exception? finding)
    {
        try
        {
            target.Run(input, new SeededRandomSource(seed));
            finding = null;
            return false;
        }
        catch (Exception found)
        {
            finding = found;
            return true;
        }
    }

    private static byte[][] FilesIn(string folder, string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, folder, name);
        return Directory.Exists(path)
            ? [.. Directory.GetFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]
            : [];
    }

    private static bool TryReadOption(string[] arguments, string name, ulong absent, out ulong value)
    {
        var at = Array.IndexOf(arguments, name);
        value = absent;
        return at < 0 || (at + 1 < arguments.Length && ulong.TryParse(arguments[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out value));
    }
}
