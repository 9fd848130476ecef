// Replaced by the deployment, which alone knows where the site is and what is beside it.
window.docentDeployed = null;
