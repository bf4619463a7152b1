using System.Text;
using UcSdk.Documents;

namespace UcSdk.Server.Tests;

/// <summary>What is made of the states of several endpoints ([MS-PRES] §3.8.5.1). Each state is written as type, availability and minute of its publication.</summary>
public sealed class AggregatedPresenceTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", 18500)]
    [InlineData("machineState 3500 1", 3500)]
    [InlineData("machineState 3500 1, machineState 15500 2", 3500)]
    [InlineData("machineState 5000 1", 5000)]
    [InlineData("machineState 15500 1", 15500)]
    [InlineData("userState 3500 1, machineState 15500 2", 15500)]
    [InlineData("userState 3500 1, machineState 3500 2", 3500)]
    [InlineData("userState 6500 1, machineState 3500 2", 6500)]
    [InlineData("userState 6500 1, machineState 5000 2", 7500)]
    [InlineData("userState 6500 1, machineState 6500 2", 6500)]
    [InlineData("userState 9500 1, machineState 9500 2", 9500)]
    [InlineData("machineState 6500 1", 6500)]
    [InlineData("userState 6500 1, machineState 15500 2", 7500)]
    [InlineData("userState 9500 1, machineState 15500 2", 9500)]
    [InlineData("userState 12500 1, machineState 3500 2", 12500)]
    [InlineData("userState 15500 1, machineState 3500 2", 15500)]
    [InlineData("userState 18500 1, machineState 3500 2", 18500)]
    [InlineData("userState 9500 1, userState 6500 2, machineState 3500 3", 6500)]
    [InlineData("calendarState 6500 1, machineState 3500 2", 6500)]
    [InlineData("calendarState 6500 1, phoneState 9500 2, machineState 3500 3", 9500)]
    [InlineData("calendarState 6500 1, userState 3500 2, machineState 3500 3", 3500)]
    [InlineData("userState 3500 1, calendarState 6500 2, machineState 3500 3", 6500)]
    [InlineData("userState 9500 1, calendarState 6500 2, machineState 3500 3", 9500)]
    [InlineData("userState 3500 1, phoneState 6500 2, machineState 5000 3", 7500)]
    [InlineData("phoneState 6500 1, userState 9500 2, phoneState 6500 3, machineState 3500 4", 9500)]
    public void The_availability_follows_from_all_states(string states, uint expected) =>
        Assert.Equal(expected.ToString(System.Globalization.CultureInfo.InvariantCulture), Aggregate(states).ChildText("availability"));

    [Fact]
    public void Without_an_endpoint_a_user_is_offline_whatever_it_has_said()
    {
        Assert.Equal("18500", Aggregate("userState 3500 1", isSignedIn: false).ChildText("availability"));
        Assert.Equal("3500", Aggregate("userState 3500 1", isSignedIn: true).ChildText("availability"));
        Assert.Equal("3500", Aggregate("machineState 3500 1", isSignedIn: false).ChildText("availability"));
    }

    // §3.8.5.1.2.3, sentence by sentence.
    [Theory]
    [InlineData("machineState 3500 1, phoneState 6500 2 on-the-phone 6500-8999", "on-the-phone")]
    [InlineData("machineState 3500 1, phoneState 6500 2 on-the-phone 6500-8999, userState 15500 3", null)]
    [InlineData("machineState 3500 1, phoneState 6500 2 on-the-phone 6500-8999, phoneState 7000 3 in-a-conference 7000-8999", "in-a-conference")]
    [InlineData("machineState 3500 1, phoneState 7000 2 in-a-conference 7000-8999, phoneState 7000 3 on-the-phone 6500-8999", "in-a-conference")]
    [InlineData("machineState 3500 1, calendarState 6500 2 in-a-meeting 6500-8999, phoneState 6500 3 on-the-phone 6500-8999", "on-the-phone")]
    [InlineData("machineState 3500 1, phoneState 6500 2 on-the-phone 6500-8999, calendarState 6500 3 in-a-meeting 6500-8999", "in-a-meeting")]
    [InlineData("machineState 3500 1, phoneState 6500 2 on-the-phone 6501-8999", null)]
    [InlineData("machineState 3500 1, phoneState 6500 2 on-the-phone 6000-6499", null)]
    [InlineData("machineState 3500 1, phoneState 6500 2 on-the-phone 6500-6500", "on-the-phone")]
    public void The_activity_is_the_one_with_the_highest_least_availability_of_those_that_hold(string states, string? expected) =>
        Assert.Equal(expected, Aggregate(states).Child("activity")?.Attribute("token"));

    [Fact]
    public void Who_rests_shows_since_when_and_who_works_does_not()
    {
        Assert.Equal("2030-01-01T12:07:00Z", Aggregate("machineState 5000 7").Attribute("lastActive"));
        Assert.Null(Aggregate("machineState 3500 7").Attribute("lastActive"));
        Assert.Null(Aggregate("machineState 6500 7").Attribute("lastActive"));
    }

    [Fact]
    public void A_custom_activity_counts_and_an_empty_one_does_not()
    {
        var custom = Read("userState 6500 2", """<activity><custom LCID="1033">Thinking</custom></activity>""");
        Assert.Equal("Thinking", AggregatedPresence.Aggregate([custom], true).Child("activity")!.ChildText("custom"));
        var empty = Read("userState 6500 2", "<activity/>");
        Assert.Null(AggregatedPresence.Aggregate([empty], true).Child("activity"));
    }

    [Fact]
    public void The_meeting_and_the_place_come_with_what_is_shown()
    {
        var machine = Read("machineState 3500 1", "<endpointLocation>Desk</endpointLocation><device>computer</device>");
        var meeting = Read("calendarState 6500 2", """<activity token="in-a-meeting" minAvailability="6500"/><meetingSubject>Plans</meetingSubject><meetingLocation>Room 1</meetingLocation>""");
        var state = AggregatedPresence.Aggregate([machine, meeting], true);
        Assert.Equal(
            ["availability", "activity", "endpointLocation", "device", "meetingSubject", "meetingLocation"],
            state.Children.Select(child => child.Name));
    }

    [Fact]
    public void The_most_active_machine_is_named()
    {
        Assert.Null(AggregatedPresence.AggregateMachine([Read("userState 3500 1")]));
        var machine = AggregatedPresence.AggregateMachine([Read("machineState 15500 1", endpoint: "one"), Read("machineState 3500 2", endpoint: "two"), Read("machineState 3500 1", endpoint: "three")]);
        Assert.Equal(("two", "3500"), (machine!.Attribute("endpointId"), machine.ChildText("availability")));
    }

    [Fact]
    public void A_start_that_is_still_to_come_does_not_make_a_state_newer_than_it_is()
    {
        var choice = Read("userState 3500 2");
        var meeting = Read("calendarState 6500 1", attributes: " startTime=\"2030-01-01T13:00:00Z\"");
        Assert.Equal("3500", AggregatedPresence.Aggregate([choice, meeting], true).ChildText("availability"));
        var begun = Read("calendarState 6500 5", attributes: " startTime=\"2030-01-01T12:01:00Z\"");
        Assert.Equal("3500", AggregatedPresence.Aggregate([choice, begun], true).ChildText("availability"));
    }

    private static DocumentElement Aggregate(string states, bool isSignedIn = true) =>
        AggregatedPresence.Aggregate([.. states.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text => Read(text))], isSignedIn);

    private static ReportedState Read(string text, string more = "", string? endpoint = null, string attributes = "")
    {
        var parts = text.Split(' ');
        if (parts.Length > 3)
        {
            var range = parts[4].Split('-');
            more = $"""<activity token="{parts[3]}" minAvailability="{range[0]}" maxAvailability="{range[1]}"/>""";
        }

        var availability = uint.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(DocumentElement.TryRead(Encoding.UTF8.GetBytes(PresenceClient.StateContent(parts[0], availability, more, attributes)), out var content, out var error), error.ToString());
        var time = Noon.AddMinutes(int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(ReportedState.TryRead(new StoredPublication(new("state", 5, 2), 1, time) { Content = content, Endpoint = endpoint }, out var state));
        return state;
    }
}
