using System.Text;

namespace UcSdk.Sip.Tests;

/// <summary>The body of a registrar's NOTIFY: [MS-SIPREGE] §2.2.1.13.</summary>
public sealed class RegistrationEventTests
{
    [Theory]
    [InlineData("deregistered;event=unregistered", false, RegistrationEvent.Unregistered)]
    [InlineData("deregistered;event=rejected\r\n", false, RegistrationEvent.Rejected)]
    [InlineData("Deregistered ; Event = Deactivated", false, RegistrationEvent.Deactivated)]
    [InlineData("deregistered;event=preferred-registrar-change", false, RegistrationEvent.PreferredRegistrarChange)]
    [InlineData("deregistered;event=something-new;more=1", false, "something-new")]
    [InlineData("registered;event=userservices-unavailable", true, RegistrationEvent.UserServicesUnavailable)]
    public void A_body_says_whether_the_binding_stands_and_why(string text, bool stands, string expected)
    {
        Assert.True(RegistrationEvent.TryRead(Encoding.UTF8.GetBytes(text), out var read, out var error));
        Assert.True(error.IsNone);
        Assert.Equal(new(stands, expected), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("deregistered")]
    [InlineData("deregistered;")]
    [InlineData("deregistered;event")]
    [InlineData("deregistered;event=")]
    [InlineData("deregistered;event=;")]
    [InlineData("unregistered;event=rejected")]
    [InlineData("deregistered;reason=unregistered")]
    public void A_body_that_does_not_say_it_is_refused(string text)
    {
        Assert.False(RegistrationEvent.TryRead(Encoding.UTF8.GetBytes(text), out var read, out var error));
        Assert.Null(read);
        Assert.False(error.IsNone);
    }

    [Fact]
    public void A_word_up_to_the_limit_is_read_and_one_more_character_is_not()
    {
        var longest = new string('x', RegistrationEvent.MaxEventLength.Maximum);
        Assert.True(RegistrationEvent.TryRead(Encoding.UTF8.GetBytes("deregistered;event=" + longest), out _, out _));
        Assert.False(RegistrationEvent.TryRead(Encoding.UTF8.GetBytes("deregistered;event=x" + longest), out _, out var error));
        Assert.Equal(nameof(RegistrationEvent.MaxEventLength), error.Rule);
    }

    [Fact]
    public void A_body_comes_back_as_it_was_written()
    {
        var written = new RegistrationEvent(false, RegistrationEvent.Rejected).ToBytes();
        Assert.Equal("deregistered;event=rejected", Encoding.UTF8.GetString(written));
        Assert.True(RegistrationEvent.TryRead(written, out var read, out _));
        Assert.Equal(new(false, "rejected"), read);
    }
}
