namespace UcSdk.Documents;

/// <summary>The colour table of an RTF document; its first entry is normally empty, which means the reader's own colour.</summary>
internal sealed class RtfColors
{
    /// <summary>How many colours are kept; those behind them are the reader's own.</summary>
    public const int MaxColors = 16_384;

    private readonly List<TextColor?> _colors = [];
    private (byte? Red, byte? Green, byte? Blue) _parts;

    public TextColor? Find(int? number) => number is { } index && index >= 0 && index < _colors.Count ? _colors[index] : null;

    public void Apply(string word, int? number)
    {
        var part = (byte)Math.Clamp(number ?? 0, 0, 255);
        _parts = word switch
        {
            "red" => _parts with { Red = part },
            "green" => _parts with { Green = part },
            "blue" => _parts with { Blue = part },
            _ => _parts,
        };
    }

    public void End()
    {
        if (_colors.Count < MaxColors)
        {
            _colors.Add(_parts is (null, null, null) ? null : new TextColor(_parts.Red ?? 0, _parts.Green ?? 0, _parts.Blue ?? 0));
        }

        _parts = default;
    }
}
