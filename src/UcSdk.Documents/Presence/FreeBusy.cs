using System.Globalization;

namespace UcSdk.Documents;

/// <summary>
/// When the calendar has something ([MS-PRES] §2.2.2.7, element <c>freeBusy</c>): two bits for each slot of time, packed into bytes and those
/// into Base64.
/// <code>
///    7  6   5  4   3  2   1  0
/// +------+------+------+------+
/// |slot 3|slot 2|slot 1|slot 0|   the first byte
/// +------+------+------+------+
/// </code>
/// </summary>
/// <param name="StartTime">When the first slot begins.</param>
/// <param name="Granularity">How long a slot is; normally 15 minutes.</param>
public sealed record FreeBusy(DateTimeOffset StartTime, TimeSpan Granularity) : DocumentPart
{
    private const int SlotsInByte = 4;

    /// <summary>The encoding that this type reads and writes.</summary>
    public const uint KnownEncoding = 1;

    /// <summary>The slots as on the wire, four in a byte.</summary>
    public ValueList<byte> Packed { get; init; } = [];

    /// <summary>How many slots there are: always a multiple of four, the last ones free where there were fewer.</summary>
    public int Count => Packed.Count * SlotsInByte;

    /// <summary>What the calendar says of a slot.</summary>
    /// <param name="slot">The slot, from 0 to <see cref="Count"/> − 1.</param>
    public FreeBusyStatus this[int slot] => (FreeBusyStatus)((Packed[slot / SlotsInByte] >> (slot % SlotsInByte * 2)) & 3);

    /// <summary>What the calendar says of a moment; null when it is before the first slot or after the last.</summary>
    public FreeBusyStatus? At(DateTimeOffset moment)
    {
        if (moment < StartTime || Granularity <= TimeSpan.Zero)
        {
            return null;
        }

        var slot = (moment - StartTime).Ticks / Granularity.Ticks;
        return slot < Count ? this[(int)slot] : null;
    }

    /// <summary>Packs slots.</summary>
    /// <param name="startTime">When the first slot begins.</param>
    /// <param name="granularity">How long a slot is; whole minutes, at least one.</param>
    /// <param name="slots">The slots.</param>
    /// <exception cref="ArgumentOutOfRangeException">The granularity is not some whole minutes.</exception>
    public static FreeBusy Of(DateTimeOffset startTime, TimeSpan granularity, IEnumerable<FreeBusyStatus> slots)
    {
        if (granularity < TimeSpan.FromMinutes(1) || granularity.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(granularity), granularity, "The slots of a free-busy table are whole minutes long, at least one.");
        }

        var packed = new List<byte>();
        var at = 0;
        foreach (var slot in slots)
        {
            if (at % SlotsInByte == 0)
            {
                packed.Add(0);
            }

            packed[^1] |= (byte)(((int)slot & 3) << (at % SlotsInByte * 2));
            at++;
        }

        return new FreeBusy(startTime, granularity) { Packed = ValueList.From(packed) };
    }

    /// <summary>From when and how many slots; never what they say.</summary>
    public override string ToString() => $"freeBusy of {Count} slots";

    // What is written another way stays an unknown child of its parent.
    internal static FreeBusy? Read(DocumentElement? element)
    {
        if (element is null
            || DocumentScope.Moment(element.Attribute("startTime")) is not { } start
            || ReadMinutes(element.Attribute("granularity")) is not { } granularity
            || (DocumentScope.Number(element.Attribute("encodingVersion")) ?? KnownEncoding) != KnownEncoding)
        {
            return null;
        }

        var text = element.Text.Trim();
        var bytes = new byte[text.Length];
        return !Convert.TryFromBase64String(text, bytes, out var length) ? null : new FreeBusy(start, granularity)
        {
            Packed = ValueList.Create<byte>(bytes.AsSpan(0, length)),
            Extensions = element.Children,
            ExtensionAttributes = ElementBuilder.UnknownAttributes(element, "startTime", "granularity", "encodingVersion"),
        };
    }

    internal DocumentElement Write() => new ElementBuilder(Namespaces.CalendarData, "freeBusy")
        .Attribute("startTime", PresenceText.Text(StartTime))
        .Attribute("granularity", $"PT{((long)Granularity.TotalMinutes).ToString(CultureInfo.InvariantCulture)}M")
        .Attribute("encodingVersion", ElementBuilder.Text(KnownEncoding))
        .Text(Convert.ToBase64String([.. Packed]))
        .Extensions(this)
        .Build();

    // XML Schema durations have many forms; these are the ones that make a slot.
    private static TimeSpan? ReadMinutes(string? text) => text?.Trim() switch
    {
        ['P', 'T', .. var number, 'M'] when DocumentScope.Number(number) is > 0 and <= 1440 and { } minutes => TimeSpan.FromMinutes(minutes),
        ['P', 'T', .. var number, 'H'] when DocumentScope.Number(number) is > 0 and <= 24 and { } hours => TimeSpan.FromHours(hours),
        _ => null,
    };
}
