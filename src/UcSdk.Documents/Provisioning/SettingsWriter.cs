using System.Globalization;

namespace UcSdk.Documents;

/// <summary>Collects the settings of a group, those that are said, in one order.</summary>
internal sealed class SettingsWriter
{
    private readonly List<KeyValuePair<string, string>> _settings = [];

    public SettingsWriter Add(string name, string? value)
    {
        if (value is not null)
        {
            _settings.Add(new(name, value));
        }

        return this;
    }

    public SettingsWriter Add(string name, bool? value) => Add(name, ElementBuilder.Text(value));

    public SettingsWriter Add(string name, uint? value) => Add(name, ElementBuilder.Text(value));

    public SettingsWriter Add(string name, TimeSpan? seconds) => Add(name, (uint?)seconds?.TotalSeconds);

    public SettingsWriter AddRange(string kind, PortRange? range) => this
        .Add("ucMin" + kind, range?.Minimum.ToString(CultureInfo.InvariantCulture))
        .Add("ucMax" + kind, range?.Maximum.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is written behind those that the type knows.</summary>
    public SettingsWriter AddAll(ValueList<KeyValuePair<string, string>> others)
    {
        _settings.AddRange(others);
        return this;
    }

    /// <summary>As servers write ServerConfiguration: an element for each setting.</summary>
    public ProvisioningGroup AsElements(string group) => ProvisioningGroup.OfSettings(group, _settings);

    /// <summary>As servers write policies: <c>instance/property</c>.</summary>
    public ProvisioningGroup AsInstance(string group) => ProvisioningGroup.OfProperties(group, "instance", _settings);

    /// <summary>As servers write the other configurations: <c>propertyEntryList/property</c>.</summary>
    public ProvisioningGroup AsPropertyList(string group) => ProvisioningGroup.OfProperties(group, "propertyEntryList", _settings);
}
