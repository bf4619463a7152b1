using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>Every kind of refusal (RFC 3261 §21), of an invitation and of a message: what the sender is told.</summary>
public sealed class RefusalTests
{
    private const string Headers = "ms-diagnostics: 51004;reason=\"No\";source=\"pool.contoso.com\"\r\nRetry-After: 17\r\n\r\n";
    private readonly MessageLab _lab = new();

    /// <summary>Refusals of any request: the status, and whether the message may have arrived.</summary>
    public static TheoryData<int, DeliveryOutcome> Refusals => new()
    {
        { 400, DeliveryOutcome.Failed },
        { 403, DeliveryOutcome.Failed },
        { 404, DeliveryOutcome.Failed },
        { 406, DeliveryOutcome.Failed },
        { 413, DeliveryOutcome.Failed },
        { 420, DeliveryOutcome.Failed },
        { 486, DeliveryOutcome.Failed },
        { 487, DeliveryOutcome.Failed },
        { 500, DeliveryOutcome.Unconfirmed },
        { 503, DeliveryOutcome.Failed },
        { 504, DeliveryOutcome.Unconfirmed },
        { 600, DeliveryOutcome.Failed },
        { 603, DeliveryOutcome.Failed },
        { 604, DeliveryOutcome.Failed },
    };

    /// <summary>Refusals of a session by who takes single messages only.</summary>
    public static TheoryData<int> NoSessions => [405, 415, 488, 501, 606];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void An_invitation_that_is_refused(int status, DeliveryOutcome outcome) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(status, Headers);

        var (first, second) = (_lab.Messages.SendMessageAsync("1"), _lab.Messages.SendMessageAsync("2"));

        AssertRefused((await first).Recipients.Single(), status, outcome);
        // What was not in the INVITE was never sent.
        AssertRefused((await second).Recipients.Single(), status, DeliveryOutcome.Failed);
        Assert.Equal("Connecting → Disconnected (Refused)", _lab.Changes.Log[^1]);
        await _lab.DelayAsync(0.1);
        Assert.Equal((1, 0), (_lab.Said("ACK im").Length, _lab.Said("MESSAGE im").Length));
    });

    [Theory]
    [MemberData(nameof(Refusals))]
    [MemberData(nameof(NoSessions))]
    public void A_message_that_is_refused(int status, DeliveryOutcome outcome = DeliveryOutcome.Failed) => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = _lab.Says(status, Headers);

        AssertRefused((await _lab.Messages.SendMessageAsync("1")).Recipients.Single(), status, outcome);

        Assert.Equal((ModalityState.Connected, 0, 1), (_lab.Messages.State, _lab.Said("BYE im").Length, _lab.Said("MESSAGE im").Length));
    });

    // wire: 606 with Warning 309 is the server's filter of contents.
    [Fact]
    public void A_message_whose_content_is_filtered() => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = _lab.Says(606, "Warning: 309 pool.contoso.com \"Message content is blocked\"\r\n" + Headers);

        AssertRefused((await _lab.Messages.SendMessageAsync("http://example.com")).Recipients.Single(), 606, DeliveryOutcome.Failed);
    });

    [Theory]
    [InlineData(480)]
    [InlineData(481)]
    public void An_invitation_to_who_is_gone(int status) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(status, Headers);

        AssertRefused((await _lab.Messages.SendMessageAsync("1")).Recipients.Single(), status, DeliveryOutcome.Failed);
        Assert.Single(_lab.Said("INVITE im"));
    });

    [Theory]
    [InlineData(480)]
    [InlineData(481)]
    public void A_message_to_who_is_gone_for_good_is_tried_in_one_more_session(int status) => _lab.Run(async () =>
    {
        await _lab.MeetAsync();
        _lab.Server.Answers["MESSAGE im"] = _lab.Says(status, Headers);

        AssertRefused((await _lab.Messages.SendMessageAsync("1")).Recipients.Single(), status, DeliveryOutcome.Failed);
        Assert.Equal((2, 1), (_lab.Said("MESSAGE im").Length, _lab.Said("INVITE im").Length));
    });

    [Theory]
    [MemberData(nameof(NoSessions))]
    public void An_invitation_to_who_takes_single_messages_and_refuses_those_too(int status) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(status, Headers);
        _lab.Server.Answers["MESSAGE"] = _lab.Says(status, Headers);

        AssertRefused((await _lab.Messages.SendMessageAsync("1")).Recipients.Single(), status, DeliveryOutcome.Failed);
        Assert.Equal((1, 1), (_lab.Said("INVITE im").Length, _lab.Said("MESSAGE").Length));
    });

    [Theory]
    [InlineData(300)]
    [InlineData(302)]
    [InlineData(380)]
    public void A_redirection_is_told_and_not_followed(int status) => _lab.Run(async () =>
    {
        await _lab.BeginAsync();
        _lab.Server.Answers["INVITE im"] = _lab.Says(status, "Contact: <sip:carol@contoso.com>\r\n" + Headers);

        AssertRefused((await _lab.Messages.SendMessageAsync("1")).Recipients.Single(), status, DeliveryOutcome.Failed);
        Assert.Single(_lab.Said("INVITE im"));
    });

    private static void AssertRefused(RecipientDelivery result, int status, DeliveryOutcome outcome)
    {
        Assert.Equal((outcome, status, StatusCode.ReasonPhrase(status)), (result.Outcome, result.StatusCode, result.ReasonPhrase));
        Assert.Equal((51004, "No", "pool.contoso.com"), (result.Diagnostics!.ErrorId, result.Diagnostics.Reason, result.Diagnostics.Source));
        Assert.Equal(TimeSpan.FromSeconds(17), result.RetryAfter);
    }
}
