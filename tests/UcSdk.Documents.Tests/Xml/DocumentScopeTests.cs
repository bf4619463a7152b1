namespace UcSdk.Documents.Tests;

public sealed class DocumentScopeTests
{
    [Theory]
    [InlineData("2011-01-01T10:00:00", "2011-01-01T10:00:00.0000000+00:00")]
    [InlineData("2011-01-01T10:00:00Z", "2011-01-01T10:00:00.0000000+00:00")]
    [InlineData(" 2011-01-01T10:00:00Z ", "2011-01-01T10:00:00.0000000+00:00")]
    [InlineData("2011-01-01T10:00:00.123", "2011-01-01T10:00:00.1230000+00:00")]
    [InlineData("2011-01-01T10:00:00.1234567Z", "2011-01-01T10:00:00.1234567+00:00")]
    [InlineData("2011-01-01T10:00:00.5+02:00", "2011-01-01T10:00:00.5000000+02:00")]
    [InlineData("2012-02-29T23:59:59Z", "2012-02-29T23:59:59.0000000+00:00")]
    [InlineData("2011-02-29T23:59:59Z", null)]
    [InlineData("2011-13-01T10:00:00Z", null)]
    [InlineData("2011-00-01T10:00:00Z", null)]
    [InlineData("0000-01-01T10:00:00Z", null)]
    [InlineData("2011-01-00T10:00:00Z", null)]
    [InlineData("2011-01-01T24:00:00Z", null)]
    [InlineData("2011-01-01T10:60:00Z", null)]
    [InlineData("2011-01-01T10:00:60Z", null)]
    [InlineData("2011-01-01T10:00:00.", "2011-01-01T10:00:00.0000000+00:00")]
    [InlineData("2011-01-01T10:00:00.12345678Z", null)]
    [InlineData("2011-01-01 10:00:00Z", null)]
    [InlineData("2011-01-01T10:00:0xZ", null)]
    [InlineData("Z", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_moment_is_read_in_every_form_of_the_wire_and_nothing_else_is_one(string? text, string? expected) =>
        Assert.Equal(expected, DocumentScope.Moment(text)?.ToString("O"));
}
