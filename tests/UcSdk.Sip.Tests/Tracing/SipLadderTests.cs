namespace UcSdk.Sip.Tests;

public sealed class SipLadderTests
{
    [Fact]
    public void A_call_is_drawn_with_each_message_once() => Assert.Equal(
        """
                  alice                               server                              bob
           0.000  │── INVITE (application/sdp) ──────▶│                                   │
           0.003  │                                   │── INVITE (application/sdp) ──────▶│
           0.250  │                                   │◀─ 180 Ringing INVITE ─────────────│
           0.251  │◀─ 180 Ringing INVITE ─────────────│                                   │
           1.000  │── SUBSCRIBE conference (text/… ──▶│                                   │
           2.000  │◀─ 3 unreadable bytes ─────────────│                                   │

        """.ReplaceLineEndings("\n"),
        SipLadder.Draw(TracedCall.Entries(), new() { NameOf = address => address.Host }));

    [Fact]
    public void Calls_lifelines_and_widths_can_be_chosen() => Assert.Equal(
        """
                  alice:50001     server:5060
           0.000  │── INVITE … ──▶│
           0.251  │◀─ 180 Rin… ───│
        (2 more messages, to other ends)

        """.ReplaceLineEndings("\n"),
        SipLadder.Draw(TracedCall.Entries(), new() { CallIds = ["c1"], MaxLifelines = 2, ColumnWidth = 16 }));

    [Fact]
    public void A_filter_may_leave_nothing() =>
        Assert.Equal("(no messages)\n", SipLadder.Draw(TracedCall.Entries(), new() { Filter = _ => false }));

    [Theory]
    [InlineData(11, 8)]
    [InlineData(201, 8)]
    [InlineData(36, 1)]
    [InlineData(36, 65)]
    public void Widths_and_counts_have_their_ranges(int width, int lifelines) => Assert.Throws<ArgumentOutOfRangeException>(
        () => SipLadder.Draw([], new() { ColumnWidth = width, MaxLifelines = lifelines }));
}
