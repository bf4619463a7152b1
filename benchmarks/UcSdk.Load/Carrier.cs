namespace UcSdk.Load;

/// <summary>What carries the messages between the two endpoints.</summary>
internal enum Carrier
{
    Memory,
    Udp,
    Tcp,
}
