using UcSdk.Core;

namespace UcSdk;

/// <summary>Fetches pictures, and keeps those that were used last. Who asks for the same at the same time shares a request. On the loop only.</summary>
internal sealed class ContactPictures(ModelContext context, WebDownload web)
{
    private readonly Dictionary<(string Address, string? Hash), LinkedListNode<((string, string?) Key, ContactPicture Picture)>> _kept = [];
    private readonly LinkedList<((string Address, string? Hash) Key, ContactPicture Picture)> _order = new();
    private readonly Dictionary<(string Address, string? Hash), Task<ContactPicture>> _running = [];

    /// <summary>The picture at the address.</summary>
    /// <exception cref="ServerRequestException">It cannot be fetched, or is no picture.</exception>
    public Task<ContactPicture> GetAsync(string address, string? hash, CancellationToken cancellationToken)
    {
        var key = (address, hash);
        if (_kept.TryGetValue(key, out var node))
        {
            _order.Remove(node);
            _order.AddFirst(node);
            return Task.FromResult(node.Value.Picture);
        }

        if (!_running.TryGetValue(key, out var running))
        {
            running = FetchAsync(key);
            if (!running.IsCompleted)
            {
                _running.Add(key, running);
            }
        }

        return running.UntilAsync(cancellationToken);
    }

    private async Task<ContactPicture> FetchAsync((string Address, string? Hash) key)
    {
        const string Operation = nameof(Contact.GetPhotoAsync);
        try
        {
            var answer = await web.GetAsync(Operation, key.Address, context.Options.Web.MaxPictureBytes, CancellationToken.None);
            var type = ContactPicture.TypeOf(answer.Body.Span) ?? throw new ServerRequestException(Operation, "what is at its address is no picture");
            var picture = new ContactPicture(answer.Body, type, key.Hash);
            Keep(key, picture);
            return picture;
        }
        finally
        {
            _running.Remove(key);
        }
    }

    private void Keep((string Address, string? Hash) key, ContactPicture picture)
    {
        var capacity = context.Options.Web.MaxCachedPictures;
        if (capacity == 0)
        {
            return;
        }

        if (_kept.Count == capacity)
        {
            _kept.Remove(_order.Last!.Value.Key);
            _order.RemoveLast();
        }

        _kept.Add(key, _order.AddFirst((key, picture)));
    }
}
