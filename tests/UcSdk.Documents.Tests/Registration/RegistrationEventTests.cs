namespace UcSdk.Documents.Tests;

public sealed class RegistrationEventTests
{
    [Theory]
    [InlineData("deregistered;event=unregistered", RegistrationEvents.Unregistered)]
    [InlineData("deregistered;event=rejected\r\n", RegistrationEvents.Rejected)]
    [InlineData("Deregistered ; Event = Deactivated", RegistrationEvents.Deactivated)]
    [InlineData("deregistered;event=preferred-registrar-change", RegistrationEvents.PreferredRegistrarChange)]
    [InlineData("deregistered;event=something-new;more=1", "something-new")]
    public void A_body_says_why_the_registration_ended(string text, string expected)
    {
        Assert.True(RegistrationEvent.TryRead(TestDocuments.Utf8(text), out var read, out var error));
        Assert.True(error.IsNone);
        Assert.Equal(expected, read.Event);
    }

    [Theory]
    [InlineData("")]
    [InlineData("deregistered")]
    [InlineData("deregistered;")]
    [InlineData("deregistered;event")]
    [InlineData("deregistered;event=")]
    [InlineData("deregistered;event=;")]
    [InlineData("registered;event=unregistered")]
    [InlineData("deregistered;reason=unregistered")]
    public void A_body_that_does_not_say_it_is_refused(string text)
    {
        Assert.False(RegistrationEvent.TryRead(TestDocuments.Utf8(text), out var read, out var error));
        Assert.Null(read);
        Assert.False(error.IsNone);
    }

    [Fact]
    public void A_word_up_to_the_limit_is_read_and_one_more_character_is_not()
    {
        var longest = new string('x', RegistrationEvent.MaxEventLength.Maximum);
        Assert.True(RegistrationEvent.TryRead(TestDocuments.Utf8("deregistered;event=" + longest), out _, out _));
        Assert.False(RegistrationEvent.TryRead(TestDocuments.Utf8("deregistered;event=x" + longest), out _, out var error));
        Assert.Equal(nameof(RegistrationEvent.MaxEventLength), error.Rule);
    }

    [Fact]
    public void A_body_comes_back_as_it_was_written()
    {
        var written = new RegistrationEvent(RegistrationEvents.Rejected).ToBytes();
        Assert.Equal("deregistered;event=rejected", TestDocuments.Text(written));
        Assert.True(RegistrationEvent.TryRead(written, out var read, out _));
        Assert.Equal(new RegistrationEvent("rejected"), read);
    }
}
