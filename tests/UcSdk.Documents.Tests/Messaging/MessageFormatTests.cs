using System.Text;

namespace UcSdk.Documents.Tests;

public sealed class MessageFormatTests
{
    // What a client puts on the wire; its text is 'X-MMS-IM-Format: FN=MS%20Sans%20Serif; EF=; CO=0; PF=0; RL=0'.
    private const string Captured =
        "WAAtAE0ATQBTAC0ASQBNAC0ARgBvAHIAbQBhAHQAOgAgAEYATgA9AE0AUwAlADIAMABTAGEAbgBzACUAMgAwAFMAZQByAGkAZgA7ACAARQBGAD0AOwAgAEMATwA9ADAAOwAgAFAARgA9ADAAOwAgAFIATAA9ADAADQAKAA0ACgA";

    [Fact]
    public void A_clients_parameter_is_understood_and_written_to_the_same_characters()
    {
        Assert.True(MessageFormat.TryRead(Captured, out var format));

        Assert.Equal(new MessageFormat { FontName = "MS Sans Serif", Color = default(TextColor), PitchAndFamily = 0, RightToLeft = false }, format);
        Assert.Equal(Captured, format.ToParameter());
    }

    [Fact]
    public void The_specifications_line_is_understood_and_written_as_it_was()
    {
        // [MS-CONFIM] §4.2.1.
        const string Line = "X-MMS-IM-Format: FN=MS%20Shell%20Dlg%202; EF=; CO=0; CS=0; PF=0";
        Assert.True(MessageFormat.TryParse(Line, out var format));
        Assert.Equal(("MS Shell Dlg 2", 0, 0), (format.FontName, format.CharacterSet, format.PitchAndFamily));
        Assert.Equal(Line, format.ToLine());
    }

    [Fact]
    public void The_highest_byte_of_a_colour_is_blue()
    {
        Assert.True(MessageFormat.TryParse("X-MMS-IM-Format: FN=Microsoft%20Sans%20Serif; EF=BI; CO=800000; CS=0; PF=22", out var format));
        Assert.Equal((true, true, false, false), (format.Bold, format.Italic, format.Underline, format.Strikethrough));
        Assert.Equal(new TextColor(0, 0, 0x80), format.Color);
        Assert.Equal(0x22, format.PitchAndFamily);
    }

    [Theory]
    [InlineData("MIME-Version: 1.0\r\nx-mms-im-format: EF=us\r\n\r\n", "X-MMS-IM-Format: EF=US")]
    [InlineData("X-MMS-IM-Format:", "X-MMS-IM-Format: EF=")]
    [InlineData("X-MMS-IM-Format: FN=; EF; CO=1000000; CS=zz; PF=ffffffff; RL=2; ;=;X=1", "X-MMS-IM-Format: EF=; RL=0")]
    [InlineData("X-MMS-IM-Format: FN=%D9%; RL=1", "X-MMS-IM-Format: FN=%25D9%25; EF=; RL=1")]
    public void What_is_wrong_or_unknown_is_not_said(string text, string line)
    {
        Assert.True(MessageFormat.TryParse(text, out var format));
        Assert.Equal(line, format.ToLine());
        Assert.True(MessageFormat.TryRead(format.ToParameter(), out var again));
        Assert.Equal(format, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("<not base64>")]
    [InlineData("WAAt")]
    [InlineData("é")]
    public void What_is_no_parameter_is_none(string? parameter) => Assert.False(MessageFormat.TryRead(parameter, out _));

    [Fact]
    public void The_name_of_a_font_is_kept_up_to_its_limit()
    {
        var name = new string('ä', TextStyle.MaxFontNameLength);
        Assert.True(MessageFormat.TryRead(new MessageFormat { FontName = name }.ToParameter(), out var format));
        Assert.Equal(name, format.FontName);
        Assert.True(MessageFormat.TryParse("X-MMS-IM-Format: FN=" + name + "b", out format));
        Assert.Equal(name, format.FontName);
    }

    [Fact]
    public void A_parameter_is_read_up_to_its_limit()
    {
        var fits = Encoding.Unicode.GetBytes("X-MMS-IM-Format: EF=B;".PadRight(MessageFormat.MaxParameterLength / 8 * 3));
        Assert.Equal(MessageFormat.MaxParameterLength, Convert.ToBase64String(fits).Length);
        Assert.True(MessageFormat.TryRead(Convert.ToBase64String(fits), out _));
        Assert.False(MessageFormat.TryRead(Convert.ToBase64String(fits) + "A", out _));
    }
}
