using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>A value that is read from the bytes of a header field.</summary>
/// <typeparam name="T">The value itself.</typeparam>
internal interface IWireValue<T>
    where T : class, IWireValue<T>
{
    /// <summary>Reads the first value of a comma list; the slice has no line ends.</summary>
    /// <param name="field">The field's value.</param>
    /// <param name="value">The value; it keeps the slice's array.</param>
    static abstract bool TryRead(WireSlice field, [NotNullWhen(true)] out T? value);
}
