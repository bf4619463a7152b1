namespace UcSdk.Documents.Tests;

public sealed class CalendarDataTests
{
    private static readonly DateTimeOffset Start = new(2010, 6, 21, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Working_hours_are_understood()
    {
        var hours = CalendarData.Of(PresenceContentTests.Content("calendarData", 0))!.WorkingHours!;

        Assert.Equal(480, hours.Bias);
        Assert.Equal(new ClockChange(0, TimeSpan.FromHours(2), 1, 11, DayOfWeek.Sunday), hours.StandardTime);
        Assert.Equal(new ClockChange(-60, TimeSpan.FromHours(2), 2, 3, DayOfWeek.Sunday), hours.DaylightTime);
        Assert.Equal(
            new WorkingPeriod([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], TimeSpan.FromHours(8), TimeSpan.FromHours(17)),
            Assert.Single(hours.Periods));
    }

    [Fact]
    public void A_table_of_four_days_is_understood_slot_by_slot()
    {
        var table = CalendarData.Of(PresenceContentTests.Content("calendarData", 1300372959))!.FreeBusy!;

        var midnight = new DateTimeOffset(2009, 11, 18, 8, 0, 0, TimeSpan.Zero);
        Assert.Equal((midnight, TimeSpan.FromMinutes(15), 96 * 4), (table.StartTime, table.Granularity, table.Count));
        Assert.Equal(
            [.. Slots(15, 4, FreeBusyStatus.Tentative), .. Slots(60, 4, FreeBusyStatus.Tentative), .. Slots(61, 2, FreeBusyStatus.Busy), .. Slots(63, 8, FreeBusyStatus.Busy)],
            Enumerable.Range(0, table.Count).Select(slot => (slot, table[slot])).Where(slot => slot.Item2 != FreeBusyStatus.Free));
        Assert.Equal(FreeBusyStatus.Busy, table.At(midnight.AddHours(61).AddMinutes(29)));
        Assert.Equal(FreeBusyStatus.Free, table.At(midnight.AddHours(61).AddMinutes(30)));
    }

    private static IEnumerable<(int Slot, FreeBusyStatus Status)> Slots(int hour, int count, FreeBusyStatus status) =>
        Enumerable.Range(hour * 4, count).Select(slot => (slot, status));

    [Fact]
    public void The_first_slot_is_in_the_lowest_bits_and_every_status_has_its_two()
    {
        var table = FreeBusy.Of(Start, TimeSpan.FromMinutes(15), [FreeBusyStatus.Tentative, FreeBusyStatus.Busy, FreeBusyStatus.OutOfOffice, FreeBusyStatus.Free, FreeBusyStatus.Busy]);

        Assert.Equal([0b00_11_10_01, 0b00_00_00_10], table.Packed);
        Assert.Equal(
            [FreeBusyStatus.Tentative, FreeBusyStatus.Busy, FreeBusyStatus.OutOfOffice, FreeBusyStatus.Free, FreeBusyStatus.Busy, FreeBusyStatus.Free, FreeBusyStatus.Free, FreeBusyStatus.Free],
            Enumerable.Range(0, table.Count).Select(slot => table[slot]));
    }

    [Fact]
    public void A_moment_outside_the_table_has_no_status()
    {
        var table = FreeBusy.Of(Start, TimeSpan.FromMinutes(15), Enumerable.Repeat(FreeBusyStatus.Busy, 4));

        Assert.Null(table.At(Start.AddTicks(-1)));
        Assert.Equal(FreeBusyStatus.Busy, table.At(Start));
        Assert.Equal(FreeBusyStatus.Busy, table.At(Start.AddHours(1).AddTicks(-1)));
        Assert.Null(table.At(Start.AddHours(1)));
    }

    [Theory]
    [InlineData("startTime='2010-06-21T07:00:00Z' granularity='PT15M' encodingVersion='1'", "AAA=", true)]
    [InlineData("startTime='2010-06-21T07:00:00Z' granularity='PT1H'", "", true)]
    [InlineData("startTime='2010-06-21T07:00:00Z' granularity='PT0M' encodingVersion='1'", "AAA=", false)]
    [InlineData("startTime='2010-06-21T07:00:00Z' granularity='PT99999M' encodingVersion='1'", "AAA=", false)]
    [InlineData("startTime='2010-06-21T07:00:00Z' granularity='P1D' encodingVersion='1'", "AAA=", false)]
    [InlineData("startTime='2010-06-21T07:00:00Z' encodingVersion='1'", "AAA=", false)]
    [InlineData("startTime='soon' granularity='PT15M' encodingVersion='1'", "AAA=", false)]
    [InlineData("startTime='2010-06-21T07:00:00Z' granularity='PT15M' encodingVersion='2'", "AAA=", false)]
    [InlineData("startTime='2010-06-21T07:00:00Z' granularity='PT15M' encodingVersion='1'", "A", false)]
    [InlineData(
        "startTime='2010-06-21T07:00:00Z' granularity='PT15M' encodingVersion='1'",
        "AAAAAAAAAAAAAAAAVVUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAVQAAAAAAAAAAAAAAAAAAAAAAAAABUUVVVBQAAAAAAAAAA",
        false)]
    public void A_table_that_cannot_be_read_is_kept_as_it_came(string attributes, string text, bool understood)
    {
        var data = CalendarData.Of(TestDocuments.Tree($"<calendarData><freeBusy {attributes}>{text}</freeBusy></calendarData>"))!;

        Assert.Equal(understood, data.FreeBusy is not null);
        Assert.Equal(understood ? 0 : 1, data.Extensions.Count);
        Assert.Equal(text, data.ToElement().ChildText("freeBusy"));
    }

    [Fact]
    public void Slots_of_parts_of_a_minute_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FreeBusy.Of(Start, TimeSpan.FromSeconds(90), []));
        Assert.Throws<ArgumentOutOfRangeException>(() => FreeBusy.Of(Start, TimeSpan.Zero, []));
    }
}
