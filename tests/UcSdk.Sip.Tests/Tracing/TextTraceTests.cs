namespace UcSdk.Sip.Tests;

public sealed class TextTraceTests
{
    [Fact]
    public void Heads_are_written_and_bodies_only_counted()
    {
        var text = Write(show: false);
        Assert.StartsWith(
            """
            --- 2030-01-01 12:00:01.000 Sent tcp://alice:50001 → tcp://server:5060
            INVITE sip:bob@example.test SIP/2.0
            Via: SIP/2.0/TCP alice;branch=z9hG4bK1
            From: <sip:alice@example.test>;tag=1
            To: <sip:bob@example.test>
            Call-ID: c1
            CSeq: 1 INVITE
            Authorization: NTLM [redacted]
            Content-Type: application/sdp

            """.ReplaceLineEndings(),
            text,
            StringComparison.Ordinal);
        Assert.Contains($"[{TracedCall.Sdp.Length} bytes of application/sdp]", text, StringComparison.Ordinal);
        Assert.Contains("[3 unreadable bytes]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bodies_are_written_on_demand_without_their_keys_and_passwords()
    {
        var text = Write(show: true);
        Assert.Contains("a=rtpmap:8 PCMA/8000", text, StringComparison.Ordinal);
        Assert.Contains("a=candidate:1 1 UDP 2130706431 192.0.2.1 50000 typ host", text, StringComparison.Ordinal);
        Assert.Contains("a=crypto: [redacted]", text, StringComparison.Ordinal);
        Assert.Contains("<login><password [redacted]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_written_only_when_asked_for()
    {
        var writer = new StringWriter();
        var trace = new TextTrace(writer) { ShowBodies = true, ShowSecrets = true };
        Array.ForEach(TracedCall.Entries(), trace.Message);
        Assert.All(Enumerable.Range(1, 6), number => Assert.Contains($"SECRET{number}", writer.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_entry_may_go_to_several_sinks_and_says_itself_without_its_body()
    {
        var first = new RecordingTrace();
        var second = new RecordingTrace();
        var entries = TracedCall.Entries();
        Array.ForEach(entries, new TraceFanOut(first, second).Message);
        Assert.Equal(entries, first.Entries);
        Assert.Equal(entries, second.Entries);
        first.Clear();
        Assert.Empty(first.Entries);
        Assert.Equal("12:00:01.000 tcp://alice:50001 → tcp://server:5060 INVITE sip:bob@example.test SIP/2.0", entries[0].ToString());
        Assert.Equal("12:00:03.000 tcp://server:5060 → tcp://alice:50001 (unreadable)", entries[^1].ToString());
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(7, 1)]
    public void A_recording_may_keep_only_the_last_entries(int limit, int dropped)
    {
        var trace = new RecordingTrace { Limit = limit };
        var entries = TracedCall.Entries();
        Array.ForEach(entries, trace.Message);
        Assert.Equal(entries.Skip(dropped), trace.Entries);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecordingTrace { Limit = 0 });
    }

    private static string Write(bool show)
    {
        var writer = new StringWriter();
        var trace = new TextTrace(writer) { ShowBodies = show };
        Array.ForEach(TracedCall.Entries(), trace.Message);
        return writer.ToString();
    }
}
