"""Countries, states, municipalities, sites, organisations and the services they offer."""
