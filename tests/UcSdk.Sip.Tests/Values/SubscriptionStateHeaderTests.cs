namespace UcSdk.Sip.Tests;

public sealed class SubscriptionStateHeaderTests
{
    [Fact]
    public void State_and_parameters_are_read_and_written()
    {
        Assert.True(SubscriptionStateHeader.TryParse("Terminated ;reason=timeout;retry-after=5;x=y", out var value));
        Assert.True(value.IsTerminated);
        Assert.Equal(("timeout", TimeSpan.FromSeconds(5), null), (value.Reason, value.RetryAfter, value.Expires));
        Assert.Equal("terminated;reason=timeout;retry-after=5;x=y", value.ToString());
        Assert.Equal("active;expires=28800", SubscriptionStateHeader.Active(TimeSpan.FromHours(8)).ToString());
        Assert.Equal("terminated;reason=noresource", SubscriptionStateHeader.Terminated("noresource").ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(";expires=3")]
    [InlineData("active;reason=\"open")]
    public void What_cannot_be_read_is_refused(string? text) => Assert.False(SubscriptionStateHeader.TryParse(text, out _));
}
