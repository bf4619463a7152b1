namespace UcSdk.Core;

/// <summary>Class and method of a STUN message in one number, as they stand on the wire (RFC 5389 §6).</summary>
internal enum StunMessageType : ushort
{
    BindingRequest = 0x0001,
    BindingIndication = 0x0011,
    BindingSuccess = 0x0101,
    BindingError = 0x0111,
}
