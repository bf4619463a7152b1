namespace UcSdk.Core;

/// <summary>An exception left the outermost line of a serial loop and nobody could be told.</summary>
internal sealed class LoopFaultException(Exception inner) : Exception("A UcSdk loop failed: " + inner.Message, inner);
