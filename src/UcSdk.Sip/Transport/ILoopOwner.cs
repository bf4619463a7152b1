using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Has a loop that a transport may run on, so that what it reports need not change threads.</summary>
internal interface ILoopOwner
{
    SerialLoop Loop { get; }
}
