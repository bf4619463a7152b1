using System.Globalization;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Keeps what lasts of presence in the server's store: static publications, containers, and who has been introduced. Each publication and each container is a record, and
/// is written as its owner would be told it.
/// </summary>
internal sealed class PresenceKeeper(PresenceStore store, StoreWriter writer) : IStoredState
{
    private const string PublicationKind = "publication";
    private const string ContainerKind = "container";
    private const string SubscribersKind = "subscribers";

    public bool Keeps(string kind) => kind is PublicationKind or ContainerKind or SubscribersKind;

    public bool TryRestore(StoreRecord record)
    {
        if (!SipUri.TryParse(record.User, out var address) || !store.TryGet(address, out var presentity) || !RoamingSelf.TryRead(record.Content, out var self, out _))
        {
            return false;
        }

        switch (record.Kind)
        {
            case PublicationKind when self.Categories is { Categories: [{ Instance: { } instance, Container: { } container, Version: { } version, PublishTime: { } time } kept] }:
                presentity.Restore(new StoredPublication(new(kept.Name, instance, container), version, time) { Endpoint = "", Content = kept.Content });
                return true;
            case ContainerKind when self.Containers is [var kept]:
                presentity.Memberships.Restore(kept);
                return true;
            case SubscribersKind when self.Subscribers is { } subscribers:
                presentity.Restore(subscribers);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Writes what a change has left behind.</summary>
    public void Keep(PresenceChange change)
    {
        var presentity = change.Presentity;
        foreach (var (key, publication) in change.Publications)
        {
            if (key.IsServerMade)
            {
                continue;
            }

            if (publication is { ExpireType: PresenceExpireType.Static })
            {
                var category = publication.ToOwner(Timestamp.Never);
                Write(presentity, PublicationKind, NameOf(key), new RoamingSelf { Categories = new(presentity.Address) { Categories = [category] } });
            }
            else if (change.WasKept(key))
            {
                writer.Remove(presentity.Address, PublicationKind, NameOf(key));
            }
        }

        foreach (var container in change.Containers ? presentity.Memberships.All.Where(one => change.ChangedContainers.Contains(one.Id)) : [])
        {
            Write(presentity, ContainerKind, container.Id.ToString(CultureInfo.InvariantCulture), new RoamingSelf { Containers = [container] });
        }

        if (change.Subscribers)
        {
            Write(presentity, SubscribersKind, "", new RoamingSelf { Subscribers = presentity.Subscribers });
        }
    }

    private static string NameOf(PublicationKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.Container} {key.Instance} {key.Category}");

    private void Write(Presentity presentity, string kind, string key, RoamingSelf content) => writer.Put(presentity.Address, kind, key, content.ToBytes());
}
