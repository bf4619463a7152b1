using System.Collections;
using System.Numerics;

namespace UcSdk;

/// <summary>A set of <see cref="ContactInformationType"/>, as small as a number.</summary>
public readonly record struct ContactInformationTypeSet : IReadOnlyCollection<ContactInformationType>
{
    private readonly ulong _bits;

    private ContactInformationTypeSet(ulong bits) => _bits = bits;

    /// <summary>The set of these types.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of them is no member of the enumeration.</exception>
    public ContactInformationTypeSet(params IEnumerable<ContactInformationType> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        foreach (var type in types)
        {
            ContactInformation.Require(type, nameof(types));
            _bits |= Bit(type);
        }
    }

    /// <summary>All types.</summary>
    public static ContactInformationTypeSet All { get; } = new(Enum.GetValues<ContactInformationType>());

    /// <inheritdoc/>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _bits == 0;

    /// <summary>Whether the type is in the set.</summary>
    public bool Contains(ContactInformationType type) => (uint)type < 64 && (_bits & Bit(type)) != 0;

    /// <summary>Whether the sets have a type in common.</summary>
    public bool Overlaps(ContactInformationTypeSet other) => (_bits & other._bits) != 0;

    /// <summary>What is in either.</summary>
    public ContactInformationTypeSet Union(ContactInformationTypeSet other) => new(_bits | other._bits);

    /// <inheritdoc/>
    public IEnumerator<ContactInformationType> GetEnumerator()
    {
        for (var bits = _bits; bits != 0; bits &= bits - 1)
        {
            yield return (ContactInformationType)BitOperations.TrailingZeroCount(bits);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names.</summary>
    public override string ToString() => string.Join(", ", this);

    internal ContactInformationTypeSet With(ContactInformationType type, bool isIn = true) => isIn ? new(_bits | Bit(type)) : this;

    private static ulong Bit(ContactInformationType type) => 1UL << (int)type;
}
