using UcSdk.Core;
using UcSdk.Fuzz;

namespace UcSdk.Sip.Tests;

/// <summary>A short, fixed run of the fuzz targets; <c>fuzz/UcSdk.Fuzz</c> runs them for as long as one likes.</summary>
public sealed class MutationTests
{
    private const ulong Seed = 20_475;
    private const int Runs = 3_000;

    [Fact]
    public void Nothing_that_arrives_as_a_message_throws_and_what_is_written_reads_as_the_same() => Run(SipTargets.Message);

    [Fact]
    public void However_a_broken_stream_is_cut_the_same_comes_out() => Run(SipTargets.Framer);

    [Fact]
    public void Whatever_looks_like_a_URI_survives_being_written() => Run(SipTargets.Uri);

    [Fact]
    public void Whatever_looks_like_a_header_value_can_be_read_by_every_reader() => Run(SipTargets.Header);

    private static void Run(FuzzTarget target)
    {
        var seeds = Corpus.Names.Select(Corpus.Read).ToArray();
        for (ulong run = Seed; run < Seed + Runs; run++)
        {
            var random = new SeededRandomSource(run);
            var input = target.NextInput(random, seeds);
            var finding = Record.Exception(() => target.Run(input, random));
            Assert.True(finding is null, $"seed {run}: {finding}\n{Convert.ToHexString(input)}");
        }
    }
}
