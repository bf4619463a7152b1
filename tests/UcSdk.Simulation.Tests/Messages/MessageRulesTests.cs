using UcSdk.Sip;

namespace UcSdk.Simulation.Tests;

/// <summary>The rules of the simulation, held against histories that are made up: a good one, and one for each way to break a rule.</summary>
public sealed class MessageRulesTests
{
    private const string Alice = "sip:alice@contoso.test";
    private const string Bob = "sip:bob@contoso.test";
    private const string Carol = "sip:carol@contoso.test";
    private readonly MessageHistory _history = new();
    private int _time;

    [Fact]
    public void A_good_day_breaks_no_rule()
    {
        Say("1", Bob);
        Show("1", Bob);
        Settle("1", Delivered(Bob));
        Say("2", Bob, Carol);
        Show("2", Bob);
        Settle("2", Delivered(Bob), Failed(Carol));
        Trouble(Carol);
        Trouble(Alice);
        Say("3", Bob, Carol);
        Show("3", Carol);
        Settle("3", Unconfirmed(Carol), Failed(Bob));
        Say("4", Bob).IsRefused = true;

        MessageRules.Require(_history);
    }

    [Fact]
    public void What_is_shown_twice_is_found()
    {
        Say("1", Bob);
        Show("1", Bob);
        Show("1", Bob);
        Settle("1", Delivered(Bob));

        Finds("1 was shown 2 times to " + Bob);
    }

    [Fact]
    public void What_is_shown_in_another_order_is_found()
    {
        Say("1", Bob);
        Say("2", Bob);
        Show("2", Bob);
        Show("1", Bob);
        Settle("1", Delivered(Bob));
        Settle("2", Delivered(Bob));

        Finds($"1 was shown to {Bob} after 2");
    }

    [Fact]
    public void What_nobody_has_sent_is_found()
    {
        Say("1", Bob).IsRefused = true;
        Show("1", Bob);
        Finds("1, which was never sent, was shown to " + Bob);

        Show("2", Bob);
        Finds("2, which was never sent, was shown to " + Bob);
    }

    [Fact]
    public void What_is_shown_as_somebody_elses_is_found()
    {
        Say("1", Bob);
        _history.Shown.Add(new("1", Carol, Bob, "bob-pc", TimeSpan.Zero));
        Settle("1", Delivered(Bob));

        Finds($"1 of {Alice} was shown to {Bob} as one of {Carol}");
    }

    [Fact]
    public void A_message_without_a_result_is_found()
    {
        Say("1", Bob);

        Finds("has 0 results");
    }

    [Fact]
    public void A_message_with_two_results_is_found()
    {
        Say("1", Bob);
        Show("1", Bob);
        Settle("1", Delivered(Bob));
        Settle("1", Delivered(Bob));

        Finds("has 2 results");
    }

    [Fact]
    public void A_result_of_what_was_refused_is_found()
    {
        Say("1", Bob).IsRefused = true;
        Settle("1", Failed(Bob));

        Finds("has 1 results and was refused");
    }

    [Fact]
    public void A_recipient_without_a_result_is_found_and_one_with_two_and_the_sender_among_them()
    {
        Say("1", Bob, Carol);
        Settle("1", Failed(Bob));
        Finds("1 has no result of " + Carol);

        Say("2", Bob);
        Settle("2", Failed(Bob), Failed(Bob));
        Finds($"2 has results of {Bob} {Bob}");

        Say("3", Bob);
        Settle("3", Failed(Bob), Failed(Alice));
        Finds($"3 has results of {Bob} {Alice}");
    }

    [Fact]
    public void The_other_person_alone_may_have_what_is_said_while_a_conversation_becomes_a_conference()
    {
        _history.Say(new("1", Alice, 1, [Bob, Carol], Bob, TimeSpan.Zero));
        Show("1", Bob);
        Settle("1", Delivered(Bob));

        MessageRules.Require(_history);
    }

    [Fact]
    public void What_is_delivered_and_not_shown_is_found()
    {
        Say("1", Bob);
        Settle("1", Delivered(Bob));

        Finds("and never shown there");
    }

    [Fact]
    public void What_has_failed_and_is_shown_is_found()
    {
        Say("1", Bob);
        Settle("1", Failed(Bob));
        Show("1", Bob);

        Finds("failed (00:00:02, 480 Temporarily Unavailable) at " + Bob);
    }

    [Fact]
    public void Doubt_without_a_cause_is_found()
    {
        Trouble(Carol);
        Trouble(Carol);
        Say("1", Bob);
        Settle("1", Unconfirmed(Bob));

        Finds("and no connection was in trouble");
    }

    [Fact]
    public void Doubt_long_after_its_cause_is_found()
    {
        Trouble(Bob);
        Trouble(Bob);
        _time += 100;
        Say("1", Bob);
        Settle("1", Unconfirmed(Bob));

        Finds("and no connection was in trouble");
    }

    [Fact]
    public void Doubt_about_somebody_who_was_just_leaving_is_none_of_the_cuts()
    {
        Say("1", Bob);
        _history.Departures.Add(new(Bob, "left", Next(), Next()));
        Settle("1", Unconfirmed(Bob));
        MessageRules.Require(_history);
        Assert.Equal(0, MessageRules.CountUnconfirmed(_history));

        Say("2", Bob);
        Settle("2", Unconfirmed(Bob));
        Finds("2 (00:00:05) is unconfirmed (00:00:06, 408 Request Timeout) at " + Bob + ", and no connection was in trouble");
    }

    [Fact]
    public void What_is_shown_at_two_places_of_a_person_is_shown_once_at_each()
    {
        Say("1", Bob);
        Show("1", Bob);
        _history.Shown.Add(new("1", Alice, Bob, "bob-phone", Next()));
        Settle("1", Delivered(Bob));
        MessageRules.Require(_history);

        _history.Shown.Add(new("1", Alice, Bob, "bob-phone", Next()));
        Finds("1 was shown 2 times to " + Bob);
    }

    [Fact]
    public void As_much_doubt_as_trouble_is_found()
    {
        Trouble(Bob);
        Say("1", Bob);
        Settle("1", Unconfirmed(Bob));

        Finds("1 messages are unconfirmed, and only 1 connections were hit");
    }

    [Fact]
    public void A_result_of_what_nobody_said_is_found()
    {
        Settle("1", Failed(Bob));

        Finds("a result of 1, which nobody has said");
    }

    private static RecipientDelivery Delivered(string uri) => new(uri, DeliveryOutcome.Delivered, StatusCode.Ok, "OK", null);

    private static RecipientDelivery Failed(string uri) => new(uri, DeliveryOutcome.Failed, StatusCode.TemporarilyUnavailable, "Temporarily Unavailable", null);

    private static RecipientDelivery Unconfirmed(string uri) => new(uri, DeliveryOutcome.Unconfirmed, StatusCode.RequestTimeout, "Request Timeout", null);

    private TimeSpan Next() => TimeSpan.FromSeconds(++_time);

    private SaidMessage Say(string text, params string[] recipients)
    {
        var said = new SaidMessage(text, Alice, _history.Said.Count + 1, recipients, null, Next());
        _history.Say(said);
        return said;
    }

    private void Show(string text, string recipient) => _history.Shown.Add(new(text, Alice, recipient, recipient + "-pc", Next()));

    private void Settle(string text, params RecipientDelivery[] recipients) => _history.Settle(text, recipients, Next());

    private void Trouble(string who) => _history.Troubles.Add(new(who, "cut", Next(), Next()));

    private void Finds(string what) => Assert.Contains(what, Assert.Throws<DisagreementException>(() => MessageRules.Require(_history)).Message, StringComparison.Ordinal);
}
