using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>The chat of a conference, decision by decision ([MS-CONFIM] §3.3).</summary>
public sealed class ImMcuTests
{
    private const string Late = "408 6001;reason=\"Request Timeout\";source=\"sip.contoso.test\";component=\"ImMcu\"";

    private const string Alternatives = "--b\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nhi\r\n--b\r\nContent-Type: text/rtf\r\nContent-Transfer-Encoding: base64\r\n\r\ne1xydGYxIGhpfQ==\r\n--b--";

    [Fact]
    public void A_message_goes_to_all_others_and_its_report_names_nobody_when_all_have_it()
    {
        var chat = Three();

        var answer = chat.Say(1, "hello");

        Assert.Equal((202, "1"), (answer.StatusCode, answer.Headers.Single(header => header.Name == HeaderName.MessageId).Value));
        Assert.Equal(["2 < alice: hello", "3 < alice: hello"], chat.Heard);
        chat.Answer(2);
        Assert.Empty(chat.Heard);
        Assert.Equal(1, chat.Chat.PendingCount);
        chat.Answer(3);
        Assert.Equal(["1: report 1"], chat.Heard);
        Assert.Equal(0, chat.Chat.PendingCount);
    }

    [Fact]
    public void Who_does_not_take_it_is_named_with_what_it_says()
    {
        var chat = Three();
        chat.Say(1, "hello");
        _ = chat.Heard;

        chat.Answer(2, 486, "51004;reason=\"Busy\"");
        chat.Answer(3);

        Assert.Equal(["1: report 1, bob=2 486 51004;reason=\"Busy\""], chat.Heard);
    }

    [Fact]
    public void Each_endpoint_gets_one_at_a_time_in_the_order_in_which_they_were_sent()
    {
        var chat = Three();
        chat.Say(1, "one");
        chat.Say(1, "two");
        chat.Say(3, "three");
        Assert.Equal(["2 < alice: one", "3 < alice: one", "1 < carol: three"], chat.Heard);

        chat.Answer(2);
        Assert.Equal(["2 < alice: two"], chat.Heard);
        chat.Answer(2);
        Assert.Equal(["2 < carol: three"], chat.Heard);
        chat.Answer(3);
        Assert.Equal(["1: report 1", "3 < alice: two"], chat.Heard);
    }

    [Fact]
    public void A_slow_endpoint_delays_nobody_else_and_what_is_too_much_for_it_is_reported()
    {
        var chat = new ImHarness(new ConferenceLimits { MaxWaitingMessages = 1 }).With(1, ImHarness.Alice).With(2, ImHarness.Bob).With(3, ImHarness.Carol);
        foreach (var text in new[] { "one", "two" })
        {
            chat.Say(1, text);
            Assert.Contains($"3 < alice: {text}", chat.Heard);
            chat.Answer(3);
            Assert.Empty(chat.Heard);
        }

        chat.Say(1, "three");

        Assert.Equal(["3 < alice: three"], chat.Heard);
        chat.Answer(3);
        Assert.Equal(["1: report 3, bob=2 503 2;reason=\"Too many messages wait for the participant\";source=\"sip.contoso.test\";component=\"ImMcu\""], chat.Heard);
        chat.Answer(2);
        Assert.Equal(["1: report 1", "2 < alice: two"], chat.Heard);
        chat.Answer(2);
        Assert.Equal(["1: report 2"], chat.Heard);
    }

    [Fact]
    public void Who_does_not_answer_in_time_is_named_for_all_that_waits_and_tried_again_with_the_next()
    {
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob);
        chat.Say(1, "one");
        chat.Say(1, "two");
        _ = chat.Heard;

        chat.Answer(2, 408);

        Assert.Equal(["1: report 1, bob=2 " + Late, "1: report 2, bob=2 " + Late], chat.Heard);
        chat.Say(1, "three");
        Assert.Equal(["2 < alice: three"], chat.Heard);
    }

    [Fact]
    public void Who_does_not_know_the_session_any_more_is_sent_nothing_of_what_waits()
    {
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob);
        chat.Say(1, "one");
        chat.Say(1, "two");
        _ = chat.Heard;

        chat.Answer(2, 481, "1");

        Assert.Equal(["1: report 1, bob=2 481 1", "1: report 2, bob=2 480 2;reason=\"The participant has left\";source=\"sip.contoso.test\";component=\"ImMcu\""], chat.Heard);
    }

    [Fact]
    public void A_408_of_which_more_is_known_is_that_messages_alone()
    {
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob);
        chat.Say(1, "one");
        chat.Say(1, "two");
        _ = chat.Heard;

        chat.Answer(2, 408, "6001;reason=\"lost\"");

        Assert.Equal(["1: report 1, bob=2 408 6001;reason=\"lost\"", "2 < alice: two"], chat.Heard);
    }

    [Fact]
    public void Nobody_knows_whether_who_leaves_has_what_it_has_not_answered_and_what_waits_it_does_not_have()
    {
        var chat = Three();
        chat.Say(1, "one");
        chat.Say(1, "two");
        _ = chat.Heard;
        chat.Answer(3);
        chat.Answer(3);
        _ = chat.Heard;

        chat.Leave(2);

        // Nobody knows whether he has the first; the second was never sent.
        const string Unknown = ", bob=2 408 6001;reason=\"The participant has left without an answer\";source=\"sip.contoso.test\";component=\"ImMcu\"";
        const string Gone = ", bob=2 480 2;reason=\"The participant has left\";source=\"sip.contoso.test\";component=\"ImMcu\"";
        Assert.Equal(["1: report 1" + Unknown, "1: report 2" + Gone], chat.Heard);
        // Its late answer is nobody's any more.
        chat.Answer(2);
        Assert.Empty(chat.Heard);
    }

    [Fact]
    public void Nobody_is_told_of_the_message_of_somebody_who_has_left()
    {
        var chat = Three();
        chat.Say(1, "bye");
        _ = chat.Heard;
        chat.Leave(1);
        chat.Answer(2, 480);
        chat.Answer(3);
        Assert.Empty(chat.Heard);
        Assert.Equal(0, chat.Chat.PendingCount);
    }

    [Fact]
    public void A_user_has_a_message_who_has_it_at_one_of_several_endpoints()
    {
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob).With(3, ImHarness.Bob);
        chat.Say(1, "one");
        Assert.Equal(["2 < alice: one", "3 < alice: one"], chat.Heard);
        chat.Answer(2, 408);
        chat.Answer(3);
        Assert.Equal(["1: report 1"], chat.Heard);

        chat.Say(1, "two");
        _ = chat.Heard;
        chat.Answer(2, 480, "1");
        chat.Answer(3, 486, "2");
        Assert.Equal(["1: report 2, bob=2 480 1"], chat.Heard);
    }

    [Fact]
    public void The_senders_other_endpoint_gets_a_copy_and_is_not_reported()
    {
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Alice);
        chat.Say(1, "note to self");
        Assert.Equal(["2 < alice: note to self"], chat.Heard);
        chat.Answer(2, 480);
        Assert.Equal(["1: report 1"], chat.Heard);
    }

    [Fact]
    public void Who_is_alone_has_told_everybody()
    {
        var chat = new ImHarness().With(1, ImHarness.Alice);
        Assert.Equal(202, chat.Say(1, "anybody?").StatusCode);
        Assert.Equal(["1: report 1"], chat.Heard);
    }

    [Fact]
    public void Who_comes_later_hears_what_is_said_later()
    {
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob);
        chat.Say(1, "one");
        chat.With(3, ImHarness.Carol);
        chat.Say(1, "two");
        Assert.Equal(["2 < alice: one", "3 < alice: two"], chat.Heard);
    }

    [Theory]
    [InlineData("*", "multipart/alternative;boundary=b")]
    [InlineData("text/plain multipart/alternative", "multipart/alternative;boundary=b")]
    [InlineData("text/plain text/rtf", "text/rtf")]
    [InlineData("text/*", "text/rtf")]
    [InlineData("TEXT/RTF", "text/rtf")]
    [InlineData("text/plain", "text/plain; charset=UTF-8")]
    public void Of_alternatives_everybody_gets_the_richest_that_they_take(string accepted, string got)
    {
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob, accepted);
        chat.Say(1, Alternatives, "multipart/alternative;boundary=b");
        var line = Assert.Single(chat.Heard);
        var text = got.StartsWith("multipart", StringComparison.Ordinal) ? Alternatives : got == "text/rtf" ? "{\\rtf1 hi}" : "hi";
        Assert.Equal($"2 < alice: {text}" + (got.StartsWith("text/plain", StringComparison.Ordinal) ? "" : " as " + got), line);
    }

    [Theory]
    [InlineData("Content-Type: text/plain\r\nContent-Transfer-Encoding: Quoted-Printable\r\n\r\nh=C3=BC=\r\n!", "hü!")]
    [InlineData("Content-Type: text/plain\r\nContent-Transfer-Encoding: BASE64\r\n\r\naMO8IQ==", "hü!")]
    [InlineData("Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\nhü!", "hü!")]
    [InlineData("\r\nhü!", "hü!")]
    public void A_part_is_given_as_it_was_before_it_was_encoded_and_is_plain_text_where_it_does_not_say(string part, string text)
    {
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob, "text/plain");
        chat.Say(1, $"--b\r\n{part}\r\n--b--", "multipart/alternative;boundary=b");
        Assert.Equal(["2 < alice: " + text], chat.Heard);
    }

    [Fact]
    public void What_applications_say_goes_to_those_who_name_it()
    {
        const string Context = "application/ms-conversation-context+xml";
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob, "text/plain " + Context).With(3, ImHarness.Carol, "text/plain");

        Assert.Equal(202, chat.Say(1, "x", Context).StatusCode);

        Assert.Equal(["2 < alice: x as " + Context], chat.Heard);
        chat.Answer(2);
        Assert.StartsWith("1: report 1, carol=3 415 ", Assert.Single(chat.Heard), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html", "<b>hi</b>")]
    [InlineData("multipart/alternative;boundary=b", "--b\r\nContent-Type: text/html\r\n\r\nhi\r\n--b--")]
    [InlineData("multipart/alternative", "no boundary")]
    public void Who_takes_nothing_of_it_is_named_with_415(string contentType, string text)
    {
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob, "text/plain");
        Assert.Equal(202, chat.Say(1, text, contentType).StatusCode);
        Assert.StartsWith("1: report 1, bob=2 415 2;", Assert.Single(chat.Heard), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("application/ms-imdn+xml")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void What_is_no_message_is_refused_with_what_would_be(string contentType)
    {
        var chat = Three();
        var answer = chat.Say(1, "x", contentType);
        Assert.Equal((415, "text/plain, text/html, text/rtf, multipart/alternative, image/gif, application/x-ms-ink, application/im-iscomposing+xml"), (answer.StatusCode, answer.Headers.Single().Value));
        Assert.Empty(chat.Heard);
    }

    [Fact]
    public void A_message_is_limited()
    {
        var chat = new ImHarness(new ConferenceLimits { MaxMessageBytes = 5 }).With(1, ImHarness.Alice).With(2, ImHarness.Bob);
        Assert.Equal(413, chat.Say(1, "sixsix").StatusCode);
        Assert.Equal(202, chat.Say(1, "five5").StatusCode);
        Assert.Equal(["2 < alice: five5"], chat.Heard);
    }

    [Fact]
    public void Who_is_not_in_the_chat_says_nothing()
    {
        var chat = Three();
        Assert.Equal(400, chat.Say(9, "hello").StatusCode);
        chat.Type(9, "types");
        Assert.Empty(chat.Heard);
    }

    [Fact]
    public void Who_does_not_take_reports_gets_none()
    {
        var chat = new ImHarness().With(1, ImHarness.Alice, "text/plain").With(2, ImHarness.Bob);
        chat.Say(1, "hello");
        _ = chat.Heard;
        chat.Answer(2);
        Assert.Empty(chat.Heard);
    }

    [Fact]
    public void Typing_goes_to_other_users_and_waits_behind_a_message_unless_that_makes_it_old()
    {
        var chat = Three().With(4, ImHarness.Alice);
        chat.Type(1, "types");
        Assert.Equal(["2 < alice types", "3 < alice types"], chat.Heard);

        chat.Say(3, "hello");
        _ = chat.Heard;
        chat.Type(1, "types");
        chat.Type(1, "rests");
        Assert.Equal(["3 < alice types", "3 < alice rests"], chat.Heard);
        chat.Answer(2);
        Assert.Equal(["2 < alice rests"], chat.Heard);
        // Said once.
        chat.Say(3, "more");
        _ = chat.Heard;
        chat.Answer(2);
        Assert.Empty(chat.Heard);
        chat.Answer(1);
        chat.Answer(4);
        chat.Answer(1);
        chat.Answer(4);
        _ = chat.Heard;

        chat.Say(3, "again");
        _ = chat.Heard;
        chat.Type(1, "types");
        chat.Say(1, "what I typed");
        _ = chat.Heard;
        chat.Answer(2);
        chat.Answer(2);
        Assert.Equal(["2 < alice: what I typed"], chat.Heard);
    }

    [Fact]
    public void Nobody_is_told_that_somebody_types_who_has_left_meanwhile()
    {
        var chat = Three();
        chat.Say(3, "hello");
        chat.Type(1, "types");
        _ = chat.Heard;

        chat.Leave(1);
        chat.Answer(2);

        Assert.StartsWith("3: report 1, alice=1 408 ", Assert.Single(chat.Heard), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_names_the_typing_of_plain_clients_is_told_in_those_words_and_everybody_else_as_Lync_does()
    {
        // Who takes everything has not said that it knows that type.
        var chat = new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob, "text/plain application/im-iscomposing+xml").With(3, ImHarness.Carol, "*");

        chat.Compose(1, "active");

        Assert.Equal(
            ["2 < alice active as application/im-iscomposing+xml", "3 < alice <KeyboardActivity><status status=\"type\"/></KeyboardActivity>"], chat.Heard);
        chat.Compose(1, "idle");
        Assert.Equal(
            ["2 < alice idle as application/im-iscomposing+xml", "3 < alice <KeyboardActivity><status status=\"idle\"/></KeyboardActivity>"], chat.Heard);
    }

    [Fact]
    public void Who_takes_other_types_from_now_on_gets_the_next_message_so()
    {
        var chat = Three();
        chat.Chat.Accept(2, AcceptedTypes.Of("text/plain"));
        chat.Chat.Accept(9, AcceptedTypes.Of("text/plain"));

        chat.Say(1, Alternatives, "multipart/alternative; boundary=b");

        Assert.Equal("2 < alice: hi", chat.Heard[0]);
    }

    [Fact]
    public void Message_ids_rise_whoever_sends()
    {
        var chat = Three();
        string[] ids = [.. new[] { 1L, 2, 3, 1, 3 }.Select(leg => chat.Say(leg, "hello").Headers.Single(header => header.Name == HeaderName.MessageId).Value)];
        Assert.Equal(["1", "2", "3", "4", "5"], ids);
        chat.Leave(1);
        Assert.Equal("6", chat.With(4, ImHarness.Alice).Say(4, "back").Headers.Single(header => header.Name == HeaderName.MessageId).Value);
    }

    private static ImHarness Three() => new ImHarness().With(1, ImHarness.Alice).With(2, ImHarness.Bob).With(3, ImHarness.Carol);
}
