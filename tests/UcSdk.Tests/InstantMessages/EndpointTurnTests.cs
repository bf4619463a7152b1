using UcSdk.Documents;

namespace UcSdk.Tests;

/// <summary>Which endpoint's turn it is.</summary>
public sealed class EndpointTurnTests
{
    [Theory]
    [InlineData(ContactAvailability.Free, 0)]
    [InlineData(ContactAvailability.Busy, 0)]
    [InlineData(ContactAvailability.FreeIdle, 1)]
    [InlineData(ContactAvailability.BusyIdle, 1)]
    [InlineData(ContactAvailability.Away, 2)]
    [InlineData(ContactAvailability.None, 3)]
    public void The_more_it_is_used_the_earlier(ContactAvailability use, int turn) =>
        Assert.Equal(turn, EndpointTurn.Of([This("a", use), Other("x"), Other("y", ContactAvailability.FreeIdle), Other("z", ContactAvailability.Away)]));

    [Fact]
    public void Of_two_used_alike_both_know_which_is_first()
    {
        Assert.Equal(0, EndpointTurn.Of([This("{AA}"), Other("{bb}")]));
        Assert.Equal(1, EndpointTurn.Of([This("{bb}"), Other("{AA}")]));
    }

    [Fact]
    public void Who_takes_no_messages_has_no_turn_and_who_tells_nothing_of_itself_is_last()
    {
        Assert.True(EndpointTurn.IsAlone([]));
        Assert.True(EndpointTurn.IsAlone([This("a"), Other("b", ContactAvailability.Free, PresenceCapabilityNames.Voice)]));
        Assert.False(EndpointTurn.IsAlone([This("a"), Other("b")]));
        Assert.Equal(0, EndpointTurn.Of([This("b"), Other("a", ContactAvailability.Free, PresenceCapabilityNames.Voice)]));
        Assert.Equal(2, EndpointTurn.Of([Other("y", ContactAvailability.Away), Other("z")]));
    }

    private static OwnEndpoint This(string id, ContactAvailability use = ContactAvailability.Free) => new(id, true, null, use, [PresenceCapabilityNames.Text]);

    private static OwnEndpoint Other(string id, ContactAvailability use = ContactAvailability.Free, string capability = PresenceCapabilityNames.Text) => new(id, false, null, use, [capability]);
}
