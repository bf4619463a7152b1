using System.Globalization;

namespace UcSdk.Documents;

/// <summary>Takes the settings of a group out by name; what nobody takes is left over.</summary>
internal sealed class SettingsReader(ProvisioningGroup group)
{
    private readonly List<KeyValuePair<string, string>> _left = [.. group.Settings];

    /// <summary>What nobody has taken, in document order.</summary>
    public ValueList<KeyValuePair<string, string>> Left => ValueList.From(_left);

    /// <summary>The text of the setting, its name compared ignoring case; null when it is not there or empty.</summary>
    public string? Take(string name)
    {
        var at = _left.FindIndex(setting => setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
        {
            return null;
        }

        var value = _left[at].Value;
        _left.RemoveAt(at);
        return value.Length == 0 ? null : value;
    }

    // A value of another kind than expected is left where it was: it may mean something to somebody else.
    public bool? TakeBoolean(string name) => TakeAs(name, DocumentScope.Boolean);

    public uint? TakeNumber(string name) => TakeAs(name, DocumentScope.Number);

    public TimeSpan? TakeSeconds(string name) => TakeNumber(name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    // Half a range, or one that runs backwards, is no range.
    public PortRange? TakeRange(string kind)
    {
        var minimum = ReadPort(Take("ucMin" + kind));
        var maximum = ReadPort(Take("ucMax" + kind));
        return minimum is { } first && maximum is { } last && first <= last ? new PortRange(first, last) : null;
    }

    private T? TakeAs<T>(string name, Func<string?, T?> read)
        where T : struct
    {
        var at = _left.FindIndex(setting => setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at < 0 || read(_left[at].Value) is not { } value)
        {
            return null;
        }

        _left.RemoveAt(at);
        return value;
    }

    private static ushort? ReadPort(string? text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port : null;
}
