namespace UcSdk.Media.Tests.Rtp;

public sealed class ReceptionStatisticsTests
{
    [Fact]
    public void Loss_is_what_was_expected_less_what_came()
    {
        var statistics = Count(10, 10, 11, 13, 14, 19);

        var report = statistics.TakeReport(0, 0);

        Assert.Equal((5, 19u), (report.CumulativeLost, report.HighestSequence));
        Assert.Equal(5 * 256 / 10, report.FractionLost);
    }

    [Fact]
    public void The_fraction_counts_from_the_report_before()
    {
        var statistics = Count(0, 0, 2);
        statistics.TakeReport(0, 0);
        Count(statistics, 3, 4, 5, 7);

        var report = statistics.TakeReport(0, 0);

        Assert.Equal((64 * 256 / 256 * 4 / 5, 2), (report.FractionLost, report.CumulativeLost));
        Assert.Equal(0, statistics.TakeReport(0, 0).FractionLost);
    }

    [Fact]
    public void Repeated_packets_make_the_loss_negative_and_its_fraction_zero()
    {
        var report = Count(0, 0, 0, 0, 1).TakeReport(0, 0);

        Assert.Equal((-2, 0), (report.CumulativeLost, (int)report.FractionLost));
    }

    [Fact]
    public void Roll_over_and_reordering_lose_nothing()
    {
        var report = Count(65534, 65534, 0, 65535, 2, 1).TakeReport(0, 0);

        Assert.Equal((0, 65536u + 2), (report.CumulativeLost, report.HighestSequence));
    }

    [Fact]
    public void One_stray_number_changes_nothing_and_a_second_one_after_it_begins_anew()
    {
        var statistics = Count(100, 100, 101, 40_000, 102);
        Assert.Equal((0, 102u), (statistics.TakeReport(0, 0).CumulativeLost, statistics.TakeReport(0, 0).HighestSequence));

        Count(statistics, 50_000, 50_001, 50_002);

        Assert.Equal((0, 50_002u), (statistics.TakeReport(0, 0).CumulativeLost, statistics.TakeReport(0, 0).HighestSequence));
    }

    [Fact]
    public void Jitter_follows_the_formula_of_RFC_3550_A_8()
    {
        var statistics = new ReceptionStatistics(1, 0);
        statistics.Count(0, 0xFFFFFF60, 1000);
        statistics.Count(1, 0x00000000, 1160 + 80);
        Assert.Equal(5u, statistics.Jitter); // 0 + (80 − 0)/16
        statistics.Count(2, 0x000000A0, 1320);

        Assert.Equal(9u, statistics.Jitter); // 5 + (80 − 5)/16 = 9.69
    }

    private static ReceptionStatistics Count(ushort first, params ushort[] numbers)
    {
        var statistics = new ReceptionStatistics(1, first);
        Count(statistics, numbers);
        return statistics;
    }

    private static void Count(ReceptionStatistics statistics, params ushort[] numbers)
    {
        foreach (var number in numbers)
        {
            statistics.Count(number, 160u * number, 160 * number);
        }
    }
}
