using Microsoft.Extensions.Logging;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Reads notifications of presence in all their forms: categories of one user or of many (multipart/related with a resource list, RFC 4662; [MS-PRES] §3.4.5.1), PIDF
/// (RFC 3863) and its predecessor.
/// </summary>
internal static class PresenceReader
{
    public const string Accept = $"{ContentTypes.ResourceList}, multipart/related, {ContentTypes.Categories}, {ContentTypes.Xpidf}, {ContentTypes.Pidf}";

    /// <summary>What the message says, contact by contact. What cannot be read is logged and left out.</summary>
    public static List<PresenceReport> Read(SipMessage message, ILogger logger)
    {
        var reports = new List<PresenceReport>();
        if (message.Body.IsEmpty)
        {
            return reports;
        }

        if (message.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true)
        {
            Read(message.ContentType, message.Body, null, reports, logger);
        }
        else if (MultipartBody.TryRead(message, out var multipart, out var error))
        {
            Read(multipart, reports, logger);
        }
        else
        {
            Log.UnreadableDocument(logger, error.ToString());
        }

        return reports;
    }

    private static void Read(MultipartBody multipart, List<PresenceReport> reports, ILogger logger)
    {
        // Some servers name a start that no part has; the list is then the part of its type.
        var root = multipart.Root is { Type.Name: var name } named && Is(name, ContentTypes.ResourceList) ? named : multipart.Find(ContentTypes.ResourceList);
        if (root is null)
        {
            foreach (var part in multipart.Parts)
            {
                Read(part.Type?.Name, part.Content, null, reports, logger);
            }
        }
        else
        {
            ReadList(root.Content, multipart, reports, logger);
        }
    }

    private static void ReadList(ReadOnlyMemory<byte> body, MultipartBody? parts, List<PresenceReport> reports, ILogger logger)
    {
        if (!ResourceList.TryRead(body, out var list, out var error))
        {
            Log.UnreadableDocument(logger, error.ToString());
            return;
        }

        foreach (var resource in list.Resources)
        {
            foreach (var instance in resource.Instances)
            {
                if (instance.State == ResourceInstanceStates.Active)
                {
                    if (instance.ContentId is { } id && parts?.FindById(id) is { } part)
                    {
                        Read(part.Type?.Name, part.Content, resource.Uri, reports, logger);
                    }
                }
                else if (ContactUri.TryNormalize(resource.Uri, out var uri))
                {
                    reports.Add(new(uri, KindOf(instance)) { Pool = instance.PoolFqdn });
                }
            }
        }
    }

    private static PresenceReportKind KindOf(ResourceInstance instance) => instance.State switch
    {
        ResourceInstanceStates.Resubscribe => PresenceReportKind.Elsewhere,
        ResourceInstanceStates.Terminated => instance.Reason is "deactivated" or "timeout" or "probation" or "giveup" ? PresenceReportKind.Lost : PresenceReportKind.Refused,
        _ => PresenceReportKind.Pending,
    };

    private static void Read(string? type, ReadOnlyMemory<byte> body, string? resource, List<PresenceReport> reports, ILogger logger)
    {
        DocumentError error = default;
        if (Is(type, ContentTypes.Categories))
        {
            if (PresenceCategories.TryRead(body, out var categories, out error))
            {
                Add(resource ?? categories.Uri, new() { Categories = categories }, reports);
                return;
            }
        }
        else if (Is(type, ContentTypes.Pidf) || Is(type, ContentTypes.Xpidf))
        {
            if (PidfPresence.TryRead(body, out var pidf, out error))
            {
                Add(resource ?? pidf.Entity, new() { Pidf = pidf }, reports);
                return;
            }
        }
        else if (Is(type, ContentTypes.ResourceList))
        {
            ReadList(body, null, reports, logger);
            return;
        }

        Log.UnreadableDocument(logger, $"{type}: {error}");
    }

    private static void Add(string name, PresenceReport report, List<PresenceReport> reports)
    {
        // RFC 3859: pres: names the same user as sip: does here.
        var uri = name.StartsWith("pres:", StringComparison.OrdinalIgnoreCase) ? "sip:" + name[5..] : name;
        if (ContactUri.TryNormalize(uri, out var address))
        {
            reports.Add(report with { Uri = address });
        }
    }

    private static bool Is(string? type, string expected) => expected.Equals(type, StringComparison.OrdinalIgnoreCase);
}
