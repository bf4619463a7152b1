using Microsoft.Extensions.Logging;

namespace UcSdk.Media;

/// <summary>Everything that this floor logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The audio source threw and was taken off; silence is sent.")]
    public static partial void SourceFailed(ILogger logger, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "The audio sink threw and was taken off.")]
    public static partial void SinkFailed(ILogger logger, Exception failure);

    [LoggerMessage(3, LogLevel.Error, "A handler of MediaSession.StateChanged threw.")]
    public static partial void HandlerFailed(ILogger logger, Exception failure);
}
