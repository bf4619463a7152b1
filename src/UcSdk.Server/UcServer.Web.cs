using Microsoft.Extensions.Logging;
using UcSdk.Core;

namespace UcSdk.Server;

/// <content>What the web services of the server (UcSdk.Server.Web) stand on. On the loop.</content>
public sealed partial class UcServer
{
    internal SerialLoop Loop => _loop;

    internal LoopRuntime Runtime => _runtime;

    internal UcServerOptions Options => _options;

    internal ILogger Logger => _logger;

    internal UserDirectory Directory => _directory;

    internal DirectorySearch Search => _search;

    internal ConnectionLogins Logins => _authentication.Connections;

    /// <summary>Tells clients from their next sign-in on where the web services are; null for nowhere.</summary>
    internal void Advertise(WebServiceAddresses? addresses) => _settings.Web = addresses;
}
