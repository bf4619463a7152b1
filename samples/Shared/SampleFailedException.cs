namespace Samples;

/// <summary>The sample could not do what it was asked to; its message is the line that people read.</summary>
internal sealed class SampleFailedException(string message, Exception? inner = null) : Exception(message, inner);
